import type { Database } from '../database/database.js';
import { isReported } from '../steps/is-reported.js';
import { usageMonthOf } from '../steps/usage-month.js';
import { countRows, type CountedRows } from './count-rows.js';

const EVENTS: CountedRows = {
  table: 'events',
  progress: { table: 'event_counts_progress', condition: `counted = 'events'` },
  count: `
    INSERT INTO event_counts AS c (tenant_id, month, events)
    SELECT e.tenant_id, ${usageMonthOf('e.accepted_at')}, count(*)
    FROM events e
    WHERE e.id >= $1 AND e.id < $2 AND ${isReported('e')}
    GROUP BY 1, 2
    ORDER BY 1, 2
    ON CONFLICT (tenant_id, month) DO UPDATE SET events = c.events + excluded.events`,
};

const DELIVERIES: CountedRows = {
  table: 'deliveries',
  progress: { table: 'event_counts_progress', condition: `counted = 'deliveries'` },
  count: `
    INSERT INTO event_counts AS c (tenant_id, month, deliveries)
    SELECT d.tenant_id, ${usageMonthOf('d.created_at')}, count(*)
    FROM deliveries d
    WHERE d.id >= $1 AND d.id < $2 AND NOT d.test
    GROUP BY 1, 2
    ORDER BY 1, 2
    ON CONFLICT (tenant_id, month) DO UPDATE SET deliveries = c.deliveries + excluded.deliveries`,
};

/** Counts events and deliveries by tenant and month. In the order of their keys: others may count the other kind. */
export class EventCounter {
  constructor(private readonly db: Pick<Database, 'maintenancePool'>) {}

  /** See {@link countRows}. */
  async count(now?: Date): Promise<void> {
    await countRows(this.db, EVENTS, now);
    await countRows(this.db, DELIVERIES, now);
  }
}
