import { hexHmac } from '@schoolbell/signing';
import type { WireFormat } from './wire-format.js';

/**
 * AllureConnect's webhooks, the default: `{"id","type","createdAt","data"}` and a hex signature over it.
 *
 * The stored payload goes in as the text it is: parsing it would cost more than all the rest, and could
 * change what the runtime service wrote.
 */
export const allureconnect: WireFormat = {
  name: 'allureconnect',
  contentType: 'application/json',
  carries: () => true,
  body: ({ eventId, event }) =>
    `{"id":"${eventId}","type":${JSON.stringify(event.type)}` +
    `,"createdAt":"${event.occurredAt.toISOString()}","data":${event.payload}}`,
  signature: { header: 'X-AllureConnect-Signature', sign: hexHmac },
};
