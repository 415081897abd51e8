import { randomBytes } from 'node:crypto';

const POOL_IDS = 256;
const RANDOM_BYTES = 10;

let pool = Buffer.alloc(0);
let offset = 0;

/**
 * A new UUIDv7 (RFC 9562, section 5.7): 48 bits of Unix milliseconds, then random bits, so that ids sort
 * by time and new rows land at the right edge of every index.
 *
 * @param now Unix milliseconds; injected by tests, the wall clock otherwise
 */
export function uuidV7(now: number = Date.now()): string {
  const random = nextRandom();
  random[0] = 0x70 | (random[0]! & 0x0f);
  random[2] = 0x80 | (random[2]! & 0x3f);
  const time = now.toString(16).padStart(12, '0');
  const rest = random.toString('hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-${rest.slice(0, 4)}-${rest.slice(4, 8)}-${rest.slice(8)}`;
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

function nextRandom(): Buffer {
  if (offset === pool.length) {
    // One call for many ids: a call of its own for each costs more than all the rest of this file.
    pool = randomBytes(POOL_IDS * RANDOM_BYTES);
    offset = 0;
  }
  const bytes = pool.subarray(offset, offset + RANDOM_BYTES);
  offset += RANDOM_BYTES;
  return bytes;
}
