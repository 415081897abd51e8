import { timeOfUuidV7 } from '@schoolbell/delivery';
import type { ReadRows } from '../../database/read-list.js';
import { Prisma } from '../../generated/client.js';
import { BUCKET_OF_ATTEMPT, HOUR_OF_ATTEMPT } from '../../steps/response-time.js';
import { type AttemptOutcome, AttemptTally } from './attempt-tally.js';
import { beginOfUncounted } from './uncounted-attempts.js';

export interface CountedAttempts {
  total: AttemptTally;
  /** By the Unix milliseconds at which an hour begins; none for an hour without attempts. */
  byHour: ReadonlyMap<number, AttemptTally>;
  /** Attempts that ended later are not among them. */
  until: Date;
}

/** Whose attempts are counted. */
export interface Counted {
  /** The table with what is counted already. */
  table: 'tenant_attempt_counts' | 'attempt_counts';
  /** Of a row `c` of that table. */
  counted: Prisma.Sql;
  /** Of an attempt `a`. */
  uncounted: Prisma.Sql;
}

/** The counts of an hour and outcome in one row: a row for each of them takes longer to send than to read. */
interface Packed {
  hour: Date;
  outcome: AttemptOutcome;
  /** `{1,2,3}`, as are the attempts of each. */
  buckets: string;
  attempts: string;
}

/**
 * Counts attempts from `from` on: first what is counted already, then the attempts since.
 *
 * @param end of {@link endOfUncounted}
 */
export async function countAttempts(
  rows: ReadRows,
  { table, counted, uncounted }: Counted,
  { from, end, now }: { from: Date; end: string | undefined; now: Date },
): Promise<CountedAttempts> {
  const begin = await beginOfUncounted(rows, from);
  const packed = await rows<Packed>(Prisma.sql`
    SELECT ${PACKED} FROM ${Prisma.raw(table)} c WHERE ${counted} AND hour >= ${from} GROUP BY hour, outcome
    UNION ALL
    SELECT ${PACKED} FROM (
      SELECT ${Prisma.raw(HOUR_OF_ATTEMPT)} AS hour, a.outcome, ${Prisma.raw(BUCKET_OF_ATTEMPT)} AS bucket,
        count(*) AS attempts
      FROM attempts a
      WHERE a.id >= ${begin}::uuid ${end === undefined ? Prisma.empty : Prisma.sql`AND a.id < ${end}::uuid`}
        AND ${uncounted} AND a.trigger NOT IN ('test', 'fallback')
      GROUP BY 1, 2, 3
    ) fresh GROUP BY hour, outcome`);
  // Somebody may have counted on since the end was found.
  const until = end === undefined ? now : new Date(timeOfUuidV7(begin > end ? begin : end));
  return { ...addedUp(packed), until };
}

const PACKED = Prisma.sql`
  hour, outcome, array_agg(bucket)::text AS buckets, array_agg(attempts)::text AS attempts`;

function addedUp(packed: readonly Packed[]): Pick<CountedAttempts, 'total' | 'byHour'> {
  const total = new AttemptTally();
  const byHour = new Map<number, AttemptTally>();
  for (const { hour, outcome, ...arrays } of packed) {
    const ofHour = byHour.get(hour.getTime()) ?? new AttemptTally();
    byHour.set(hour.getTime(), ofHour);
    const [buckets, attempts] = [numbersOf(arrays.buckets), numbersOf(arrays.attempts)];
    for (let i = 0; i < buckets.length; i++) {
      ofHour.add(outcome, buckets[i]!, attempts[i]!);
      total.add(outcome, buckets[i]!, attempts[i]!);
    }
  }
  return { total, byHour };
}

function numbersOf(array: string): number[] {
  return array.slice(1, -1).split(',').map(Number);
}
