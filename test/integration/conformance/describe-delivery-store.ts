import { describe } from 'vitest';
import { conformanceTest } from './conformance-test.js';
import type { DeliveryStoreAdapter } from './delivery-store-adapter.js';
import { describeClaiming } from './describe-claiming.js';
import { describeLeases } from './describe-leases.js';
import { describeRecording } from './describe-recording.js';
import { describeSlots } from './describe-slots.js';
import { describeSweeping } from './describe-sweeping.js';
import { describeWebhooksForSending } from './describe-webhooks-for-sending.js';

/**
 * The promises of the port `DeliveryStore`, kept by every adapter. Promises of only one adapter are in its own specs.
 *
 * @param name what the store claims, such as `deliveries`
 */
export function describeDeliveryStore(
  name: string,
  open: () => Promise<DeliveryStoreAdapter>,
): void {
  const it = conformanceTest(open);
  describe(`a store of ${name}`, () => {
    describeSlots(it);
    describeClaiming(it);
    describeLeases(it);
    describeWebhooksForSending(it);
    describeRecording(it);
    describeSweeping(it);
  });
}
