import { firstUuidV7At } from '@schoolbell/ids';
import { type TimeRange } from '@schoolbell/delivery';
import { Prisma } from '../generated/client.js';

/** Before every id: where a walk through ids begins. */
export const LOWEST_UUID = '00000000-0000-0000-0000-000000000000';

/**
 * Ids are made by other clocks than `now()` in the same row, on other machines perhaps; further apart than
 * this they are not.
 */
export const CLOCK_SLACK_MS = 60_000;

/**
 * The first id of a moment as a partition's bound: lower than any UUIDv7 of it, since the bits after the time
 * are all 0.
 */
export function boundAt(time: Date): string {
  return `${firstUuidV7At(time.getTime()).slice(0, 14)}0000-0000-000000000000`;
}

/**
 * Conditions for rows of a time range: exact by the time column, and fast by the ids, whose order is that
 * of time and which every list's index has.
 */
export function inTimeRange(id: Prisma.Sql, time: Prisma.Sql, range: TimeRange): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = [];
  if (range.from) {
    const lowest = firstUuidV7At(range.from.getTime() - CLOCK_SLACK_MS);
    conditions.push(Prisma.sql`${time} >= ${range.from} AND ${id} >= ${lowest}::uuid`);
  }
  if (range.to) {
    const highest = firstUuidV7At(range.to.getTime() + CLOCK_SLACK_MS);
    conditions.push(Prisma.sql`${time} < ${range.to} AND ${id} < ${highest}::uuid`);
  }
  return conditions;
}
