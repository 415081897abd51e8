import type { Header, WireFormat } from '../contract/wire-format.js';
import { FORMATS } from '../formats.js';

/** Set by us on every attempt. */
const OURS = [
  'content-type',
  'user-agent',
  'webhook-id',
  'webhook-timestamp',
  'webhook-signature',
  'x-schoolbell-delivery',
  'x-schoolbell-event',
  'x-schoolbell-attempt',
  'x-schoolbell-test',
];

/** About the connection, not the message (RFC 9110, sections 7.6.1, 7.2 and 8.6): the sender's alone. */
const CONNECTION = [
  'connection',
  'content-length',
  'expect',
  'host',
  'http2-settings',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

const OUR_PREFIX = 'x-schoolbell-';

/** A signature or an origin that a webhook sets itself could be taken for ours, whatever its format. */
const ofFormats = FORMATS.flatMap((format) => [
  ...namesOf(format.handshake?.deliveryHeaders('')),
  ...(format.signature ? [format.signature.header, `${format.signature.header}-Previous`] : []),
  ...namesOf(format.signature?.alongside),
]).map((name) => name.toLowerCase());

const connection = new Set(CONNECTION);
const sentByUs = new Set([...OURS, ...ofFormats]);

/** Whether this header is one that only we may set, whatever the format. */
export function isSentByUs(name: string): boolean {
  const lower = name.toLowerCase();
  return sentByUs.has(lower) || lower.startsWith(OUR_PREFIX);
}

/**
 * Whether this header has another meaning already: it is on every attempt, belongs to the connection, or is another
 * header of the format.
 */
export function isTaken(name: string, format: WireFormat): boolean {
  const lower = name.toLowerCase();
  const { handshake, signature } = format;
  const others = [...namesOf(handshake?.deliveryHeaders('')), ...namesOf(signature?.alongside)].map(
    (other) => other.toLowerCase(),
  );
  return (
    lower === 'authorization' ||
    isOnEveryAttempt(lower) ||
    connection.has(lower) ||
    others.includes(lower) ||
    isSetByFormat(name, format)
  );
}

/** Whether the format itself sets this header, neither for a signature nor after a handshake. */
export function isSetByFormat(name: string, { headerNames = [] }: WireFormat): boolean {
  return headerNames.some((own) => own.toLowerCase() === name.toLowerCase());
}

function isOnEveryAttempt(lower: string): boolean {
  return OURS.includes(lower) || lower.startsWith(OUR_PREFIX);
}

function namesOf(headers: readonly Header[] = []): string[] {
  return headers.map(([name]) => name);
}

/** Whether this header belongs to the connection and so to nobody but the sender. */
export function isConnectionHeader(name: string): boolean {
  return connection.has(name.toLowerCase());
}
