import type { Database } from '../database/database.js';

/** All that waits is looked at, so it is not done more often than every five minutes, whoever does it. */
const COUNT = `
WITH turn AS (
  INSERT INTO backlog_counts_progress AS p (hour, counted_at) VALUES (date_trunc('hour', now()), now())
  ON CONFLICT (hour) DO UPDATE SET counted_at = now() WHERE p.counted_at < now() - interval '5 minutes'
  RETURNING hour
),
counted AS MATERIALIZED (
  SELECT d.tenant_id, count(*)::integer AS waiting FROM due_deliveries d
  WHERE NOT d.test AND EXISTS (SELECT FROM turn)
  GROUP BY 1
),
none_left AS (
  UPDATE backlog_counts b SET waiting = 0 FROM turn t
  WHERE b.hour = t.hour AND b.tenant_id NOT IN (SELECT tenant_id FROM counted)
)
INSERT INTO backlog_counts AS b (tenant_id, hour, waiting)
SELECT c.tenant_id, t.hour, c.waiting FROM counted c CROSS JOIN turn t
ON CONFLICT (tenant_id, hour) DO UPDATE SET waiting = excluded.waiting`;

/** Counts how many deliveries of each tenant wait. Of each hour, the last count is kept. */
export class BacklogCounter {
  constructor(private readonly db: Pick<Database, 'maintenancePool'>) {}

  async count(): Promise<void> {
    await this.db.maintenancePool.query(COUNT);
  }
}
