import { USUAL_AUTHENTICATIONS, type WireFormat } from '../../contract/wire-format.js';

/**
 * Standard Webhooks 1.0: `{"type","timestamp","data"}`, signed by `webhook-signature` alone.
 *
 * @see https://www.standardwebhooks.com
 */
export const standardWebhooks: WireFormat = {
  name: 'standard-webhooks',
  carries: 'all',
  contentType: () => 'application/json',
  body: ({ events: [event] }) =>
    `{"type":${JSON.stringify(event.type)}` +
    `,"timestamp":"${event.occurredAt.toISOString()}","data":${event.payload}}`,
  usesContext: false,
  signature: null,
  signed: 'always',
  standardSecrets: true,
  authentications: USUAL_AUTHENTICATIONS,
};
