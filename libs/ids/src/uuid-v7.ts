import { randomBytes } from 'node:crypto';

const POOL_IDS = 256;
const RANDOM_BYTES = 8;
const COUNT_BITS = 0xfff;

let pool = Buffer.alloc(0);
let offset = 0;
let countedMs = -1;
let count = 0;

/**
 * A new UUIDv7 (RFC 9562, section 5.7): 48 bits of Unix milliseconds, 12 of a counter, then random bits. So
 * ids sort by time, up to 4,096 of one millisecond in the order in which this process made them, and new rows
 * land at the right edge of every index.
 *
 * @param now Unix milliseconds; injected by tests, the wall clock otherwise
 */
export function uuidV7(now: number = Date.now()): string {
  const time = now.toString(16).padStart(12, '0');
  const counted = (0x7000 | countWithin(now)).toString(16);
  const rest = nextRandom();
  return `${time.slice(0, 8)}-${time.slice(8)}-${counted}-${rest.slice(0, 4)}-${rest.slice(4)}`;
}

/** The Unix milliseconds that a UUIDv7 carries. */
export function timeOfUuidV7(uuid: string): number {
  return Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16);
}

/** The smallest UUIDv7 of a millisecond: turns a time range into a range of ids. */
export function firstUuidV7At(unixMs: number): string {
  const time = Math.max(0, Math.trunc(unixMs)).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}

function countWithin(ms: number): number {
  count = ms === countedMs ? (count + 1) & COUNT_BITS : 0;
  countedMs = ms;
  return count;
}

/** Hex digits, the first two bits of which say which kind of UUID it is. */
function nextRandom(): string {
  if (offset === pool.length) {
    // One call for many ids: a call of its own for each costs more than all the rest of this file.
    pool = randomBytes(POOL_IDS * RANDOM_BYTES);
    offset = 0;
  }
  pool[offset] = 0x80 | (pool[offset]! & 0x3f);
  return pool.toString('hex', offset, (offset += RANDOM_BYTES));
}
