import type { Database } from '../../database/database.js';
import { ofTenant } from '../../database/of-tenant.js';
import { readListOnSnapshot } from '../../database/read-list.js';
import { Prisma } from '../../generated/client.js';
import type { AttemptStats } from './attempt-stats.js';
import { countWaiting } from './backlog.js';
import { countAttempts, type Counted } from './count-attempts.js';
import { hoursOf, startOfWindow, type HourStats } from './hour-stats.js';
import { endOfUncounted } from './uncounted-attempts.js';

export interface WebhookStats extends AttemptStats {
  /** A full hour. */
  from: Date;
  to: Date;
  /** Attempts that ended later are not in it yet. */
  countedUntil: Date;
  /** Deliveries that wait, held ones too; counted up to 10,000, and 10,001 stands for more. */
  waiting: number;
  /** Every hour, oldest first, also those without attempts; the last one is not over yet. */
  hours: HourStats[];
}

/** Reads how a webhook's attempts went, from their counts; what is not counted yet, from the attempts. */
export class WebhookStatsRepository {
  constructor(private readonly db: Pick<Database, 'listPool'>) {}

  /** @param windowHours how far back at least; it begins with a full hour @throws ListTooSlowError */
  async read(
    tenantId: string,
    webhookId: string,
    windowHours: number,
    now: Date,
  ): Promise<WebhookStats> {
    const from = startOfWindow(windowHours, now);
    const end = await endOfUncounted(this.db, from);
    // On one snapshot, so that what is being counted at this moment is in one of the two parts only.
    return readListOnSnapshot(this.db, tenantId, async (rows) => {
      // By the index, also while the statistics of a new partition know nothing of its rows.
      await rows(Prisma.sql`SET LOCAL enable_seqscan = off`);
      const counted = ofWebhook(tenantId, webhookId);
      const { total, byHour, until } = await countAttempts(rows, counted, { from, end, now });
      return {
        from,
        to: now,
        countedUntil: until,
        ...total,
        waiting: await countWaiting(rows, tenantId, Prisma.sql`id = ${webhookId}::uuid`),
        hours: hoursOf(byHour, from, now),
      };
    });
  }
}

function ofWebhook(tenantId: string, webhookId: string): Counted {
  const of = (row: string) => Prisma.sql`
    ${Prisma.raw(row)}.webhook_id = ${webhookId}::uuid AND ${ofTenant(row, tenantId)}`;
  return { table: 'attempt_counts', counted: of('c'), uncounted: of('a') };
}
