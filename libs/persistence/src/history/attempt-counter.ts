import type { Database } from '../database/database.js';
import { BUCKET_OF_ATTEMPT, HOUR_OF_ATTEMPT } from '../steps/response-time.js';
import { countRows, type CountedRows } from './count-rows.js';

/** Tests do not count. */
const ATTEMPTS: CountedRows = {
  table: 'attempts',
  progress: { table: 'attempt_counts_progress', condition: 'id = 1' },
  count: `
    INSERT INTO attempt_counts AS c (webhook_id, hour, outcome, bucket, attempts)
    SELECT a.webhook_id, ${HOUR_OF_ATTEMPT}, a.outcome, ${BUCKET_OF_ATTEMPT}, count(*)
    FROM attempts a
    WHERE a.id >= $1 AND a.id < $2 AND a.trigger NOT IN ('test', 'fallback')
    GROUP BY 1, 2, 3, 4
    ON CONFLICT (webhook_id, hour, outcome, bucket) DO UPDATE SET attempts = c.attempts + excluded.attempts`,
};

/** Counts attempts by webhook, hour, outcome and response time. */
export class AttemptCounter {
  constructor(private readonly db: Pick<Database, 'maintenancePool'>) {}

  /** See {@link countRows}. */
  async count(now?: Date): Promise<void> {
    await countRows(this.db, ATTEMPTS, now);
  }
}
