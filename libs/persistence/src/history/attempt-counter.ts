import type { PoolClient } from 'pg';
import type { Database } from '../database/database.js';
import { boundAt } from '../database/id-range.js';
import { BUCKET_OF_ATTEMPT, HOUR_OF_ATTEMPT } from '../steps/response-time.js';

/** About a second's worth. */
const ATTEMPTS_PER_STATEMENT = 200_000;

/**
 * An attempt gets its id when it ends and is recorded milliseconds later; after this long it is taken to be
 * there. What an outage of Postgres keeps back for longer is missing from the counts.
 */
const LATEST_MS = 120_000;

/** Counts attempts by webhook, hour, outcome and response time. */
export class AttemptCounter {
  constructor(private readonly db: Pick<Database, 'maintenancePool'>) {}

  /**
   * Counts what was recorded since the last time, but for the last two minutes. Of several that do so at
   * once, one does it.
   *
   * @param now default: the clock of the database
   */
  async count(now?: Date): Promise<void> {
    const client = await this.db.maintenancePool.connect();
    let failure: Error | undefined;
    try {
      while (await countNext(client, now)) continue;
    } catch (error) {
      failure = error as Error;
      throw error;
    } finally {
      client.release(failure);
    }
  }
}

/** @returns whether there may be more */
async function countNext(client: PoolClient, now: Date | undefined): Promise<boolean> {
  await client.query('BEGIN');
  const { rows } = await client.query<{ from: string; now: Date }>(
    'SELECT counted_to AS from, now() FROM attempt_counts_progress FOR UPDATE SKIP LOCKED',
  );
  const [progress] = rows;
  const end = progress && boundAt(new Date((now ?? progress.now).getTime() - LATEST_MS));
  const isBehind = progress !== undefined && end! > progress.from;
  const more = isBehind && (await countRange(client, progress.from, end!));
  await client.query('COMMIT');
  return more;
}

/** @param from inclusive @param end exclusive */
async function countRange(client: PoolClient, from: string, end: string): Promise<boolean> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM attempts WHERE id >= $1 AND id < $2
     ORDER BY id OFFSET ${ATTEMPTS_PER_STATEMENT} LIMIT 1`,
    [from, end],
  );
  const to = rows[0]?.id ?? end;
  await client.query(COUNT, [from, to]);
  await client.query('UPDATE attempt_counts_progress SET counted_to = $1', [to]);
  return rows.length > 0;
}

/** Tests do not count. */
const COUNT = `
INSERT INTO attempt_counts AS c (webhook_id, hour, outcome, bucket, attempts)
SELECT a.webhook_id, ${HOUR_OF_ATTEMPT}, a.outcome, ${BUCKET_OF_ATTEMPT}, count(*)
FROM attempts a
WHERE a.id >= $1 AND a.id < $2 AND a.trigger NOT IN ('test', 'fallback')
GROUP BY 1, 2, 3, 4
ON CONFLICT (webhook_id, hour, outcome, bucket) DO UPDATE SET attempts = c.attempts + excluded.attempts`;
