import { USUAL_AUTHENTICATIONS, type WireFormat } from '../../contract/wire-format.js';

/**
 * AllureConnect's webhooks, the default: `{"id","type","createdAt","data"}` and a hex signature over it.
 *
 * The stored payload goes in as the text it is: writing it anew could change what the runtime service wrote.
 */
export const allureconnect: WireFormat = {
  name: 'allureconnect',
  carries: 'all',
  contentType: () => 'application/json',
  body: ({ events: [event] }) =>
    `{"id":"${event.id}","type":${JSON.stringify(event.type)}` +
    `,"createdAt":"${event.occurredAt.toISOString()}","data":${event.payload}}`,
  usesContext: false,
  signature: { header: 'X-AllureConnect-Signature', encoding: 'hex', prefix: '' },
  signed: 'as_asked',
  authentications: USUAL_AUTHENTICATIONS,
};
