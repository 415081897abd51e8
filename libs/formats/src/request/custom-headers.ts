import type { WireFormat } from '../contract/wire-format.js';
import { isConnectionHeader, isSentByUs, isTaken } from './reserved-headers.js';

export const MAX_CUSTOM_HEADERS = 20;
export const MAX_HEADER_NAME_LENGTH = 128;
export const MAX_HEADER_VALUE_LENGTH = 4096;

/** RFC 9110, section 5.6.2. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const VALUE = /^[\t\x20-\x7e]*$/;

export interface HeaderFault {
  /** The header's name as given; empty when the fault is of all of them together. */
  header: string;
  message: string;
}

/**
 * What is wrong with the headers that a customer wants on every request of a webhook; nothing when the list is empty.
 * At most 20; none of our own headers, none of the connection's, no line breaks.
 */
export function checkCustomHeaders(headers: Record<string, unknown>): HeaderFault[] {
  const names = Object.keys(headers);
  const faults: HeaderFault[] = [];
  if (names.length > MAX_CUSTOM_HEADERS) {
    faults.push({
      header: '',
      message: `A webhook may have at most ${MAX_CUSTOM_HEADERS} headers of its own; you sent ${names.length}.`,
    });
  }
  const seen = new Set<string>();
  for (const name of names) {
    const message = seen.has(name.toLowerCase())
      ? 'This header is given twice: upper and lower case do not make names different.'
      : (faultOfName(name) ?? faultOfValue(headers[name]));
    if (message) faults.push({ header: name, message });
    seen.add(name.toLowerCase());
  }
  return faults;
}

/** Whether a text can be the value of a header: printable ASCII, spaces and tabs. */
export function isHeaderValue(text: string): boolean {
  return text.length <= MAX_HEADER_VALUE_LENGTH && VALUE.test(text);
}

/**
 * What is wrong with the name that a customer wants for the signature header of a format; undefined when nothing
 * is.
 */
export function faultOfSignatureHeader(name: string, format: WireFormat): string | undefined {
  const fault = faultOfToken(name);
  if (fault !== undefined) return fault;
  return isTaken(name, format)
    ? 'This header is already used for something else: choose another name.'
    : undefined;
}

function faultOfToken(name: string): string | undefined {
  return name.length <= MAX_HEADER_NAME_LENGTH && TOKEN.test(name)
    ? undefined
    : `A header name has 1 to ${MAX_HEADER_NAME_LENGTH} letters, digits, hyphens and the like, no spaces or colons.`;
}

function faultOfName(name: string): string | undefined {
  const fault = faultOfToken(name);
  if (fault !== undefined) return fault;
  if (isSentByUs(name)) return 'Schoolbell sets this header itself.';
  if (isConnectionHeader(name)) return 'This header belongs to the connection and cannot be set.';
  return undefined;
}

function faultOfValue(value: unknown): string | undefined {
  if (typeof value === 'string' && isHeaderValue(value)) return undefined;
  return `A header value is a text of at most ${MAX_HEADER_VALUE_LENGTH} printable ASCII characters, without line breaks.`;
}
