import type { KnownData } from './known-data.js';

/** An event on its way to one webhook, as formats see it. */
export interface EventToSend {
  /** TypeID, as receivers see it: `evt_…`. */
  id: string;
  uuid: string;
  /** TypeID of the delivery: `dlv_…`. */
  deliveryId: string;
  type: string;
  occurredAt: Date;
  /** `data` as compact JSON text, exactly as it was accepted. */
  payload: string;
  /** The same, parsed. */
  data: KnownData;
}
