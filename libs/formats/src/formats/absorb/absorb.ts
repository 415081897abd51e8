import { USUAL_AUTHENTICATIONS, type WireFormat } from '../../contract/wire-format.js';
import { compactJson } from '../../values/compact-json.js';
import { enrollmentOf } from '../../values/enrollment.js';
import { eventNameOf, NAMED_TYPES } from './event-names.js';
import { idOf, keysOf } from './keys.js';

/**
 * Absorb-style: lean, the name of what happened and keys to ask for the rest with. Absorb publishes the names of
 * its events and its signature, but none of its keys: those here are ours.
 */
export const absorb: WireFormat = {
  name: 'absorb',
  carries: NAMED_TYPES,
  contentType: () => 'application/json',
  body: ({ events: [event], context }) => {
    const { userId } = enrollmentOf(event);
    return compactJson({
      eventName: eventNameOf(event.type, event.data),
      userId: idOf(userId),
      adminId: idOf(event.data.adminId),
      clientId: context.tenant.id,
      correlationId: event.uuid,
      keys: keysOf(event.data),
    });
  },
  usesContext: true,
  signature: { header: 'absorb-signature', encoding: 'hex', prefix: '' },
  signed: 'as_asked',
  authentications: USUAL_AUTHENTICATIONS,
};
