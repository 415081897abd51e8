import type { Database } from '../database/database.js';
import { BUCKET_OF_ATTEMPT, HOUR_OF_ATTEMPT } from '../steps/response-time.js';
import { countRows, type CountedRows } from './count-rows.js';

/** Tests do not count. In order, so that those of a webhook lie together: a month of one is read from few pages. */
const ATTEMPTS: CountedRows = {
  table: 'attempts',
  progress: { table: 'attempt_counts_progress', condition: 'id = 1' },
  count: `
    WITH counted AS MATERIALIZED (
      SELECT (SELECT w.tenant_id FROM webhooks w WHERE w.id = a.webhook_id) AS tenant_id,
        a.webhook_id, ${HOUR_OF_ATTEMPT} AS hour, a.outcome, ${BUCKET_OF_ATTEMPT} AS bucket, count(*) AS attempts
      FROM attempts a
      WHERE a.id >= $1 AND a.id < $2 AND a.trigger NOT IN ('test', 'fallback')
      GROUP BY 2, 3, 4, 5
    ),
    of_tenants AS (
      INSERT INTO tenant_attempt_counts AS c (tenant_id, hour, outcome, bucket, attempts)
      SELECT tenant_id, hour, outcome, bucket, sum(attempts) FROM counted
      WHERE tenant_id IS NOT NULL
      GROUP BY 1, 2, 3, 4
      ON CONFLICT (tenant_id, hour, outcome, bucket) DO UPDATE SET attempts = c.attempts + excluded.attempts
    )
    INSERT INTO attempt_counts AS c (tenant_id, webhook_id, hour, outcome, bucket, attempts)
    SELECT tenant_id, webhook_id, hour, outcome, bucket, attempts FROM counted ORDER BY 2, 3, 4, 5
    ON CONFLICT (webhook_id, hour, outcome, bucket)
    DO UPDATE SET attempts = c.attempts + excluded.attempts, tenant_id = excluded.tenant_id`,
};

/** Counts attempts by webhook and by tenant, hour, outcome and response time. */
export class AttemptCounter {
  constructor(private readonly db: Pick<Database, 'maintenancePool'>) {}

  /** See {@link countRows}. */
  async count(now?: Date): Promise<void> {
    await countRows(this.db, ATTEMPTS, now);
  }
}
