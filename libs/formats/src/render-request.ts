import { toTypeId, type ClaimedDelivery, type WebhookForSending } from '@schoolbell/delivery';
import { activeSecrets, standardWebhooksSignature, type SignedContent } from '@schoolbell/signing';
import { authorizationHeader, isSigned } from './authentication-headers.js';
import { formatNamed } from './formats.js';
import { UnknownFormatError } from './unknown-format-error.js';
import { USER_AGENT } from './user-agent.js';
import type { FormatInput, Header, WireFormat } from './wire-format.js';

export interface AttemptToRender {
  delivery: Pick<ClaimedDelivery, 'id' | 'event' | 'attemptNumber' | 'test'>;
  webhook: Omit<
    WebhookForSending,
    'url' | 'version' | 'timeoutSeconds' | 'retrySchedule' | 'autoPauseAfter'
  >;
  /** Unix milliseconds of this attempt. */
  now: number;
}

export interface RenderedRequest {
  /** In the order in which they are sent. */
  headers: Header[];
  body: Buffer;
}

export interface BodyToRender {
  format: string;
  delivery: { id: string; event: FormatInput['event'] };
  webhook: FormatInput['webhook'];
}

/**
 * The body of a delivery, for display: the same text at every attempt.
 *
 * @throws UnknownFormatError when this version has no such format
 */
export function renderBody({ format, delivery, webhook }: BodyToRender): string {
  return formatOf(format).body(formatInput(delivery, webhook));
}

/**
 * One attempt as it goes on the wire: the body in the webhook's format, and every header of it.
 *
 * @throws SyntaxError when the event's payload is no JSON
 * @throws UnknownFormatError when this version has no such format
 */
export function renderRequest({ delivery, webhook, now }: AttemptToRender): RenderedRequest {
  const format = formatOf(webhook.format);
  // A payload goes out as the text it is. Some 3 µs, about 1 % of a delivery, see to it that a broken one never does.
  JSON.parse(delivery.event.payload);
  const input = formatInput(delivery, webhook);
  const body = Buffer.from(format.body(input), 'utf8');
  const content = { id: input.eventId, timestamp: Math.floor(now / 1000), body };

  const headers: Header[] = [
    ['Content-Type', format.contentType],
    ['User-Agent', USER_AGENT],
    ['webhook-id', content.id],
    ['webhook-timestamp', String(content.timestamp)],
  ];
  if (isSigned(format, webhook.authentication)) {
    addSignatures(headers, format, content, activeSecrets(webhook.secrets, now));
  }
  addDelivery(headers, delivery, input.deliveryId);
  const authorization = authorizationHeader(webhook.authentication);
  if (authorization) headers.push(authorization);
  addOwnHeaders(headers, webhook.headers);
  return { headers, body };
}

function formatOf(name: string): WireFormat {
  const format = formatNamed(name);
  if (!format) throw new UnknownFormatError(name);
  return format;
}

function formatInput(
  delivery: BodyToRender['delivery'],
  webhook: FormatInput['webhook'],
): FormatInput {
  return {
    eventId: toTypeId('event', delivery.event.id),
    deliveryId: toTypeId('delivery', delivery.id),
    event: delivery.event,
    webhook,
  };
}

function addSignatures(
  headers: Header[],
  { signature }: WireFormat,
  content: SignedContent,
  secrets: readonly [string, ...string[]],
): void {
  headers.push(['webhook-signature', standardWebhooksSignature(content, secrets)]);
  if (!signature) return;
  const [current, previous] = secrets;
  headers.push([signature.header, signature.sign(current, content.body)]);
  if (previous !== undefined) {
    headers.push([`${signature.header}-Previous`, signature.sign(previous, content.body)]);
  }
  if (signature.alongside) headers.push(...signature.alongside);
}

function addDelivery(
  headers: Header[],
  { event, attemptNumber, test }: AttemptToRender['delivery'],
  deliveryId: string,
): void {
  headers.push(
    ['X-Schoolbell-Delivery', deliveryId],
    ['X-Schoolbell-Event', event.type],
    ['X-Schoolbell-Attempt', String(attemptNumber)],
  );
  if (test) headers.push(['X-Schoolbell-Test', 'true']);
}

/** A header of the webhook never stands in for one of ours, even if an older version had let it in. */
function addOwnHeaders(headers: Header[], own: Record<string, string>): void {
  const entries = Object.entries(own);
  if (entries.length === 0) return;
  const taken = new Set(headers.map(([name]) => name.toLowerCase()));
  headers.push(...entries.filter(([name]) => !taken.has(name.toLowerCase())));
}
