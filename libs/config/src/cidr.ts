import { isIPv4, isIPv6 } from 'node:net';
import { commaSeparated, type Reader } from './readers.js';

/** Comma-separated address ranges such as `10.0.0.0/8, fd00::/8`; a bare address is a range of one. */
export const addressRanges: Reader<readonly string[]> = (value) =>
  commaSeparated(value).map((part) => {
    const range = asRange(part);
    if (range === undefined) {
      throw new Error(`must be address ranges such as 10.0.0.0/8, but has "${part}"`);
    }
    return range;
  });

function asRange(part: string): string | undefined {
  const [address = '', length, ...rest] = part.split('/');
  const bits = isIPv4(address) ? 32 : isIPv6(address) ? 128 : undefined;
  if (bits === undefined || rest.length > 0) return undefined;
  if (length === undefined) return `${address}/${bits}`;
  return /^\d{1,3}$/.test(length) && Number(length) <= bits ? part : undefined;
}
