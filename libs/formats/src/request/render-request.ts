import { toTypeId } from '@schoolbell/ids';
import { type ClaimedDelivery, type WebhookForSending } from '@schoolbell/delivery';
import { activeSecrets } from '@schoolbell/signing';
import type { RenderContext } from '../contract/render-context.js';
import type { FormatInput, Header, WireFormat } from '../contract/wire-format.js';
import { carries, formatNamed } from '../formats.js';
import { authorizationHeader, isSigned } from './authentication-headers.js';
import {
  formatInput,
  inputWith,
  type DeliveryToRender,
  type WebhookToRender,
} from './format-input.js';
import { filledIn, type PlaceholderValues } from './header-placeholders.js';
import { isSentByUs } from './reserved-headers.js';
import { redactHeaders, REDACTED } from './sensitive-headers.js';
import { effectiveSignature, signatureHeaders } from './signature-headers.js';
import { UncarriedEventError } from './uncarried-event-error.js';
import { UnknownFormatError } from './unknown-format-error.js';
import { USER_AGENT } from './user-agent.js';

export interface AttemptToRender {
  delivery: Pick<ClaimedDelivery, 'id' | 'event' | 'members' | 'attemptNumber' | 'test'>;
  webhook: WebhookToRender &
    Pick<WebhookForSending, 'url' | 'format' | 'headers' | 'secrets' | 'consentedOrigin'>;
  /** Unix milliseconds of this attempt. */
  now: number;
  /** What the webhook's template gave, for a format that is made by one. */
  renderedBody?: string | undefined;
  /** Of OAuth 2.0. */
  accessToken?: string | undefined;
  /** Of a webhook that asks for it: the trace of this attempt. */
  traceparent?: string | undefined;
}

export interface RenderedRequest {
  url: string;
  /** In the order in which they are sent. */
  headers: Header[];
  body: Buffer;
  /** The headers as the attempt log keeps them, secrets hidden. */
  shownHeaders: Record<string, string>;
  /** JSON of what the body was made from besides its events; null for formats that need nothing else. */
  renderedWith: string | null;
}

/**
 * The body of an attempt, for display: the text that was sent, except a password in it.
 *
 * @param renderedWith as the attempt kept it
 * @throws SyntaxError when an event's payload is not JSON
 * @throws UnknownFormatError when this version has no such format
 */
export function renderBody(
  format: string,
  delivery: DeliveryToRender,
  renderedWith: string | null,
): string {
  const context = renderedWith === null ? null : (JSON.parse(renderedWith) as RenderContext);
  return formatOf(format).body(inputWith(delivery, context));
}

/**
 * One attempt as it goes on the wire: the body in the webhook's format, and every header of it.
 *
 * @throws SyntaxError when an event's payload is not JSON
 * @throws UnknownFormatError when this version has no such format
 * @throws UncarriedEventError when the format has no place for the type of an event
 */
export function renderRequest(attempt: AttemptToRender): RenderedRequest {
  const { delivery, webhook, now } = attempt;
  const format = formatOf(webhook.format);
  const input = formatInput(format, delivery, webhook, attempt.renderedBody);
  requireCarried(format, input);
  const body = Buffer.from(format.body(input), 'utf8');
  const names = placeholderValues(format, delivery, input);

  const headers: Header[] = [
    ['Content-Type', format.contentType(input)],
    ['User-Agent', USER_AGENT],
    ...deliveryHeaders(delivery, names),
  ];
  if (attempt.traceparent !== undefined) headers.push(['traceparent', attempt.traceparent]);
  if (format.headers) headers.push(...format.headers(input));
  if (format.handshake && webhook.consentedOrigin) {
    headers.push(...format.handshake.deliveryHeaders(webhook.consentedOrigin));
  }
  if (isSigned(format, webhook.authentication)) {
    const content = { id: names.eventId, timestamp: Math.floor(now / 1000), body };
    const signature = effectiveSignature(format, webhook.formatSettings.signature);
    const secrets = activeSecrets(webhook.secrets, now);
    headers.push(...signatureHeaders(content, signature, secrets));
  }
  const ours = headers.length;
  const authorization = authorizationHeader(webhook.authentication, attempt.accessToken);
  if (authorization) headers.push(authorization);
  addOwnHeaders(headers, webhook.headers, names);
  return {
    url: format.url?.(webhook.url) ?? webhook.url,
    headers,
    body,
    shownHeaders: redactHeaders(headers, ours),
    renderedWith: format.usesContext ? keptContext(input.context) : null,
  };
}

function formatOf(name: string): WireFormat {
  const format = formatNamed(name);
  if (!format) throw new UnknownFormatError(name);
  return format;
}

function requireCarried(format: WireFormat, { events }: FormatInput): void {
  for (const { type } of events) {
    if (!carries(format, type)) throw new UncarriedEventError(format.name, type);
  }
}

/** Of a batch, the batch's id stands for both event and delivery. */
function placeholderValues(
  { batches }: WireFormat,
  { id, event, members }: AttemptToRender['delivery'],
  { events }: FormatInput,
): PlaceholderValues {
  const [first] = events;
  if (!members) return { type: event.type, eventId: first.id, deliveryId: first.deliveryId };
  const batchId = toTypeId('batch', id);
  return { type: batches?.eventName?.(events) ?? 'batch', eventId: batchId, deliveryId: batchId };
}

function deliveryHeaders(
  { attemptNumber, test }: AttemptToRender['delivery'],
  { type, deliveryId }: PlaceholderValues,
): Header[] {
  const headers: Header[] = [
    ['X-Schoolbell-Delivery', deliveryId],
    ['X-Schoolbell-Event', type],
    ['X-Schoolbell-Attempt', String(attemptNumber)],
  ];
  if (test) headers.push(['X-Schoolbell-Test', 'true']);
  return headers;
}

/** A header of the webhook never replaces one of our own, even if an older version accepted it. */
function addOwnHeaders(
  headers: Header[],
  own: Record<string, string>,
  names: PlaceholderValues,
): void {
  const entries = filledIn(own, names);
  if (entries.length === 0) return;
  const taken = new Set(headers.map(([name]) => name.toLowerCase()));
  headers.push(...entries.filter(([name]) => !isSentByUs(name) && !taken.has(name.toLowerCase())));
}

function keptContext({ credentials, ...open }: RenderContext): string {
  const hidden = credentials && { ...credentials, password: REDACTED };
  return JSON.stringify({ ...open, ...(hidden && { credentials: hidden }) });
}
