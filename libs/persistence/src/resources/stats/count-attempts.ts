import { timeOfUuidV7 } from '@schoolbell/ids';
import type { ReadRows } from '../../database/read-list.js';
import { Prisma } from '../../generated/client.js';
import { BUCKET_OF_ATTEMPT, BUCKETS, HOUR_OF_ATTEMPT } from '../../steps/response-time.js';
import type { AttemptStats } from './attempt-stats.js';
import { AttemptTally } from './attempt-tally.js';
import { beginOfUncounted } from './uncounted-attempts.js';

interface CountedAttempts {
  total: AttemptStats;
  /** By the Unix milliseconds at which an hour begins; none for an hour without attempts. */
  byHour: ReadonlyMap<number, AttemptStats>;
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

/** The counts of an hour in one row: a row for each of them takes longer to send than to read. */
interface Packed {
  /** At which it begins, in seconds: of very many rows, dates take longer to read than all else. */
  hour: number;
  failed: number;
  interrupted: number;
  /** `{1,2,3}`: see {@link COUNT}. */
  counts: string;
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
    SELECT ${PACKED} FROM ${Prisma.raw(table)} c WHERE ${counted} AND hour >= ${from} GROUP BY hour
    UNION ALL
    SELECT ${PACKED} FROM (
      SELECT ${Prisma.raw(HOUR_OF_ATTEMPT)} AS hour, a.outcome, ${Prisma.raw(BUCKET_OF_ATTEMPT)} AS bucket,
        count(*) AS attempts
      FROM attempts a
      WHERE a.id >= ${begin}::uuid ${end === undefined ? Prisma.empty : Prisma.sql`AND a.id < ${end}::uuid`}
        AND ${uncounted} AND a.trigger NOT IN ('test', 'fallback')
      GROUP BY 1, 2, 3
    ) fresh GROUP BY hour`);
  // Somebody may have counted on since the end was found.
  const until = end === undefined ? now : new Date(timeOfUuidV7(begin > end ? begin : end));
  return { ...addedUp(packed), until };
}

/** A bucket, which may be -1, and its attempts in one number: two arrays take longer to write. */
const COUNT = Prisma.raw(`attempts::bigint * ${BUCKETS} + bucket + 1`);

const PACKED = Prisma.sql`
  extract(epoch FROM hour)::float8 AS hour, array_agg(${COUNT})::text AS counts,
  coalesce(sum(attempts) FILTER (WHERE outcome = 'failed'), 0)::bigint AS failed,
  coalesce(sum(attempts) FILTER (WHERE outcome = 'interrupted'), 0)::bigint AS interrupted`;

function addedUp(packed: readonly Packed[]): Pick<CountedAttempts, 'total' | 'byHour'> {
  const [ofHour, total] = [new AttemptTally(), new AttemptTally()];
  const byHour = new Map<number, AttemptStats>();
  for (const [hour, rows] of Map.groupBy(packed, (row) => row.hour)) {
    for (const row of rows) {
      ofHour.addOutcomes(row);
      total.addOutcomes(row);
      forEachNumber(row.counts, (count) => {
        const attempts = Math.floor(count / BUCKETS);
        const bucket = count - attempts * BUCKETS - 1;
        ofHour.add(bucket, attempts);
        total.add(bucket, attempts);
      });
    }
    byHour.set(hour * 1_000, ofHour.take());
  }
  return { total: total.take(), byHour };
}

const ZERO = '0'.charCodeAt(0);

/** Of an array as `{1,2,3}`: digit by digit, since tens of thousands of strings cost more than all else here. */
function forEachNumber(array: string, tell: (number: number) => void): void {
  let number = 0;
  for (let i = 1; i < array.length; i++) {
    const code = array.charCodeAt(i);
    // A comma is below, the bracket at the end above.
    if (code >= ZERO && code < ZERO + 10) {
      number = number * 10 + code - ZERO;
    } else {
      tell(number);
      number = 0;
    }
  }
}
