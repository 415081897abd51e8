import type { EventToSend } from '../../contract/event-to-send.js';
import {
  USUAL_AUTHENTICATIONS,
  type FormatInput,
  type WireFormat,
} from '../../contract/wire-format.js';
import { compactJson } from '../../values/compact-json.js';
import { messageId } from '../../values/message-id.js';
import { dateTime } from './date-time.js';
import { MESSAGES, type Message } from './messages.js';

/**
 * Docebo's webhooks: an envelope with one `payload`, or with `payloads` of one event name. Docebo documents no
 * signature: receivers use Basic, or a header of their own by the webhook's `signature`.
 *
 * @see https://developer.docebo.com/v1/docs/webhooks-events
 */
export const docebo: WireFormat = {
  name: 'docebo',
  carries: [...MESSAGES.keys()],
  contentType: () => 'application/json',
  body,
  usesContext: true,
  signature: { header: 'X-Hub-Signature-256', encoding: 'hex', prefix: 'sha256=' },
  signed: 'as_asked',
  authentications: USUAL_AUTHENTICATIONS,
  settings: {
    field: 'docebo',
    description: 'How receivers of Docebo’s webhooks know this one.',
    properties: {
      webhookId: {
        type: 'integer',
        minimum: 0,
        maximum: Number.MAX_SAFE_INTEGER,
        description: 'Sent as `webhook_id`. Default: the webhook’s number within the tenant.',
      },
    },
    defaults: (webhookNumber) => ({ webhookId: webhookNumber }),
  },
  batches: { maxEvents: 25, sameType: true },
};

/** `fired_by_batch_action` is about bulk actions on the learning platform, not about how we send. */
function body({ events, context: { webhook, tenant } }: FormatInput): string {
  const [first] = events;
  const message = MESSAGES.get(first.type)!;
  const payloads = events.map((event) => payloadOf(message, event));
  return compactJson({
    event: message.event,
    fired_by_batch_action: false,
    message_id: messageId(first),
    webhook_id: webhook.settings['webhookId'],
    original_domain: tenant.domain,
    ...(payloads.length > 1 ? { payloads } : { payload: payloads[0] }),
  });
}

function payloadOf(message: Message, event: EventToSend): object {
  return { fired_at: dateTime(event.occurredAt), ...message.payload(event) };
}
