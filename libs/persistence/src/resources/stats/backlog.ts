import type { ReadRows } from '../../database/read-list.js';
import { Prisma } from '../../generated/client.js';
import { waitingOf } from '../../steps/waiting-of.js';

/** Some 10 ms of Postgres; of more, what was counted last has to do. */
const MOST_COUNTED = 10_000;

/** How many deliveries of a tenant wait, and waited. */
export interface Backlog {
  /** Exact up to 10,000; above, as it was counted within the last five minutes. */
  waiting: number;
  /** By the Unix milliseconds at which an hour begins, as it was counted last in that hour; none where nobody did. */
  byHour: ReadonlyMap<number, number>;
}

interface HourRow {
  hour: Date;
  waiting: number;
}

export async function readBacklog(rows: ReadRows, tenantId: string, from: Date): Promise<Backlog> {
  const counted = await countWaiting(rows, tenantId, Prisma.sql`deleted_at IS NULL`);
  const hours = await rows<HourRow>(Prisma.sql`
    SELECT p.hour, coalesce(c.waiting, 0) AS waiting
    FROM backlog_counts_progress p
    LEFT JOIN backlog_counts c ON c.tenant_id = ${tenantId}::uuid AND c.hour = p.hour
    WHERE p.hour >= ${from} ORDER BY p.hour`);
  const waiting = counted > MOST_COUNTED ? Math.max(counted, hours.at(-1)?.waiting ?? 0) : counted;
  return { waiting, byHour: new Map(hours.map((row) => [row.hour.getTime(), row.waiting])) };
}

const WAITING = Prisma.raw(waitingOf('webhooks_asked'));

/**
 * @param asked of which webhooks of the tenant, as a condition
 * @returns exact up to 10,000; 10,001 stands for more
 */
export async function countWaiting(
  rows: ReadRows,
  tenantId: string,
  asked: Prisma.Sql,
): Promise<number> {
  const [counted] = await rows<{ waiting: number }>(Prisma.sql`
    WITH webhooks_asked AS MATERIALIZED (
      SELECT id FROM webhooks WHERE tenant_id = ${tenantId}::uuid AND ${asked}
    )
    SELECT count(*)::integer AS waiting FROM (
      ${WAITING} WHERE tenant_id = ${tenantId}::uuid LIMIT ${MOST_COUNTED + 1}
    ) counted`);
  return counted!.waiting;
}
