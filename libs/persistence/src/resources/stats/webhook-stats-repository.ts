import type { Database } from '../../database/database.js';
import { Prisma } from '../../generated/client.js';
import { boundAt } from '../../database/id-range.js';
import { ofTenant } from '../../database/of-tenant.js';
import { readListOnSnapshot } from '../../database/read-list.js';
import { BUCKET_OF_ATTEMPT, HOUR_OF_ATTEMPT } from '../../steps/response-time.js';
import {
  hoursOf,
  startOfWindow,
  statsOf,
  type AttemptStats,
  type CountRow,
  type HourStats,
} from './attempt-stats.js';

export interface WebhookStats extends AttemptStats {
  /** A full hour. */
  from: Date;
  to: Date;
  /** Every hour, oldest first, also those without attempts; the last one is not over yet. */
  hours: HourStats[];
}

/** Reads how a webhook's attempts went, from their counts; what is not counted yet, from the attempts. */
export class WebhookStatsRepository {
  constructor(private readonly db: Database) {}

  /** @param windowHours how far back at least; it begins with a full hour @throws ListTooSlowError */
  async read(
    tenantId: string,
    webhookId: string,
    windowHours: number,
    now: Date,
  ): Promise<WebhookStats> {
    const from = startOfWindow(windowHours, now);
    const rows = await this.#counts(tenantId, webhookId, from);
    return { from, to: now, ...statsOf(rows), hours: hoursOf(rows, from, now) };
  }

  /** On one snapshot, so that what is being counted at this moment is in one of the two parts only. */
  async #counts(tenantId: string, webhookId: string, from: Date): Promise<CountRow[]> {
    return readListOnSnapshot(this.db, tenantId, async (rows) => {
      // By the index, also while the statistics of a new partition know nothing of its rows.
      await rows(Prisma.sql`SET LOCAL enable_seqscan = off`);
      // Asked for beforehand: of a value that it does not know, the planner expects a third of the table.
      const [progress] = await rows<{ counted_to: string }>(
        Prisma.sql`SELECT counted_to FROM attempt_counts_progress`,
      );
      return rows<CountRow>(Prisma.sql`
        SELECT hour, outcome, bucket, attempts FROM attempt_counts c
        WHERE webhook_id = ${webhookId}::uuid AND hour >= ${from} AND ${ofTenant('c', tenantId)}
        UNION ALL
        SELECT ${Prisma.raw(HOUR_OF_ATTEMPT)}, a.outcome, ${Prisma.raw(BUCKET_OF_ATTEMPT)}, count(*)::integer
        FROM attempts a
        WHERE a.id >= ${progress!.counted_to}::uuid AND a.id >= ${boundAt(from)}::uuid
          AND a.webhook_id = ${webhookId}::uuid AND ${ofTenant('a', tenantId)} AND a.trigger NOT IN ('test', 'fallback')
        GROUP BY 1, 2, 3`);
    });
  }
}
