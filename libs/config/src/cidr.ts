import { parseCidr } from '@schoolbell/destinations';
import { commaSeparated, type Reader } from './readers.js';

/** Comma-separated address ranges such as `10.0.0.0/8, fd00::/8`; a bare address is a range of one. */
export const addressRanges: Reader<readonly string[]> = (value) =>
  commaSeparated(value).map((part) => {
    const range = parseCidr(part);
    if (range === undefined) {
      throw new Error(`must be address ranges such as 10.0.0.0/8, but has "${part}"`);
    }
    return `${range.address}/${range.prefix}`;
  });
