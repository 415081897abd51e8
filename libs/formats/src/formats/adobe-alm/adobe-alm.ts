import type { EventToSend } from '../../contract/event-to-send.js';
import { USUAL_AUTHENTICATIONS, type WireFormat } from '../../contract/wire-format.js';
import { compactJson } from '../../values/compact-json.js';
import { almEvent, EVENT_TYPES } from './events.js';

/**
 * Adobe Learning Manager's webhooks: an account and its events, one or many. Adobe names no header for its
 * signature; `X-ALM-Signature` is ours until the webhook's `signature` says otherwise.
 *
 * @see https://experienceleague.adobe.com/en/docs/learning-manager/using/integration/webhooks/webhooks
 */
export const adobeAlm: WireFormat = {
  name: 'adobe-alm',
  carries: EVENT_TYPES,
  takes: ({ type, data }) =>
    type !== 'session.progress' || typeof data.progressMeasure === 'number',
  contentType: () => 'application/json',
  body: ({ events, context }) =>
    compactJson({ accountId: context.webhook.settings['accountId'], events: events.map(entry) }),
  usesContext: true,
  signature: { header: 'X-ALM-Signature', encoding: 'hex', prefix: '' },
  signed: 'as_asked',
  authentications: USUAL_AUTHENTICATIONS,
  settings: {
    field: 'adobeAlm',
    description: 'What receivers of Adobe Learning Manager’s webhooks expect of its account.',
    properties: {
      accountId: {
        type: 'integer',
        minimum: 0,
        maximum: Number.MAX_SAFE_INTEGER,
        description: 'The account’s id, sent as `accountId`; left out when it is not set.',
      },
    },
  },
  batches: { maxEvents: 100, sameType: false },
};

function entry(event: EventToSend, position: number): object {
  const { eventName, data } = almEvent(event);
  const timestamp = event.occurredAt.getTime();
  // Opaque to receivers. Adobe's own ends in the event's position in its message.
  const eventInfo = `${timestamp}-000000-00000-${position}`;
  return { eventId: event.uuid, eventName, timestamp, eventInfo, data };
}
