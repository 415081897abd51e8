import type { WireFormat } from '../contract/wire-format.js';
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

const ofFormats = FORMATS.flatMap(({ signature, headerNames = [] }) => [
  ...headerNames,
  ...(signature
    ? [
        signature.header,
        `${signature.header}-Previous`,
        ...(signature.alongside ?? []).map(([name]) => name),
      ]
    : []),
]).map((name) => name.toLowerCase());

const connection = new Set(CONNECTION);
const sentByUs = new Set([...OURS, ...ofFormats]);

/** Whether we set this header ourselves, in one format or another. */
export function isSentByUs(name: string): boolean {
  const lower = name.toLowerCase();
  return sentByUs.has(lower) || lower.startsWith(OUR_PREFIX);
}

/**
 * Whether this header says something else than a signature could: ours on every attempt, the connection's, or
 * another one of the format.
 */
export function isTaken(name: string, { headerNames = [], signature }: WireFormat): boolean {
  const lower = name.toLowerCase();
  const alongside = (signature?.alongside ?? []).map(([header]) => header);
  return (
    lower === 'authorization' ||
    isOnEveryAttempt(lower) ||
    connection.has(lower) ||
    [...headerNames, ...alongside].some((header) => header.toLowerCase() === lower)
  );
}

function isOnEveryAttempt(lower: string): boolean {
  return OURS.includes(lower) || lower.startsWith(OUR_PREFIX);
}

/** Whether this header belongs to the connection and so to nobody but the sender. */
export function isConnectionHeader(name: string): boolean {
  return connection.has(name.toLowerCase());
}
