import { healthOf, type WebhookHealth } from '@schoolbell/delivery';
import type { Database } from '../../database/database.js';
import { readListOnSnapshot, type ReadRows } from '../../database/read-list.js';
import { Prisma } from '../../generated/client.js';
import type { AttemptStats } from './attempt-stats.js';
import { readBacklog, type Backlog } from './backlog.js';
import { countAttempts, type Counted } from './count-attempts.js';
import { hoursOf, startOfWindow, type HourStats } from './hour-stats.js';
import { endOfUncounted } from './uncounted-attempts.js';
import { recentDeliveries, type HealthRow } from './webhook-health-repository.js';

/** The list of webhooks has the health of all of them. */
const MOST_WEBHOOKS = 500;

export interface TenantStats extends AttemptStats {
  /** A full hour. */
  from: Date;
  to: Date;
  /** Attempts that ended later are not in it yet. */
  countedUntil: Date;
  /** Deliveries that wait at this moment. */
  waiting: number;
  /** Every hour, oldest first; the last one is not over yet. */
  hours: (HourStats & { waiting: number | null })[];
  /** Newest first; at most 500. */
  webhooks: { id: string; health: WebhookHealth }[];
}

/** Reads how all deliveries of a tenant go. */
export class TenantStatsRepository {
  constructor(private readonly db: Pick<Database, 'listPool'>) {}

  /** @param windowHours how far back at least; it begins with a full hour @throws ListTooSlowError */
  async read(tenantId: string, windowHours: number, now: Date): Promise<TenantStats> {
    const from = startOfWindow(windowHours, now);
    const end = await endOfUncounted(this.db, from);
    return readListOnSnapshot(this.db, tenantId, async (rows) => {
      // By the indexes, also while the statistics of a new partition know nothing of its rows.
      await rows(Prisma.sql`SET LOCAL enable_seqscan = off`);
      const counted = await attemptsOf(rows, tenantId);
      const { total, byHour, until } = await countAttempts(rows, counted, { from, end, now });
      const backlog = await readBacklog(rows, tenantId, from);
      return {
        from,
        to: now,
        countedUntil: until,
        ...total,
        waiting: backlog.waiting,
        hours: hoursOf(byHour, from, now).map((hour) => withBacklog(hour, backlog, now)),
        webhooks: await healths(rows, tenantId),
      };
    });
  }
}

/** Of all webhooks of the tenant, also of deleted ones. */
async function attemptsOf(rows: ReadRows, tenantId: string): Promise<Counted> {
  const webhooks = await rows<{ id: string }>(
    Prisma.sql`SELECT id FROM webhooks WHERE tenant_id = ${tenantId}::uuid`,
  );
  return {
    table: 'tenant_attempt_counts',
    counted: Prisma.sql`c.tenant_id = ${tenantId}::uuid`,
    uncounted: Prisma.sql`a.webhook_id = ANY (${webhooks.map(({ id }) => id)}::uuid[])`,
  };
}

/** Of the hour that goes on, how many wait now. */
function withBacklog(hour: HourStats, { waiting, byHour }: Backlog, now: Date) {
  const isNow = hour.at.getTime() + 3_600_000 > now.getTime();
  return { ...hour, waiting: isNow ? waiting : (byHour.get(hour.at.getTime()) ?? null) };
}

async function healths(rows: ReadRows, tenantId: string): Promise<TenantStats['webhooks']> {
  const which = Prisma.sql`w.id IN (
    SELECT id FROM webhooks WHERE tenant_id = ${tenantId}::uuid AND deleted_at IS NULL
    ORDER BY id DESC LIMIT ${MOST_WEBHOOKS})`;
  const found = await rows<HealthRow>(recentDeliveries(tenantId, which));
  return found.map((row) => ({ id: row.id, health: healthOf(row, row) }));
}
