import type { TimeRange } from '@schoolbell/delivery';
import type { Database } from '../../database/database.js';
import { inTimeRange } from '../../database/id-range.js';
import { readListOnSnapshot, type ReadRows } from '../../database/read-list.js';
import { Prisma } from '../../generated/client.js';
import { isReported } from '../../steps/is-reported.js';

/** What a tenant used in a month. */
export interface Usage {
  launches: number;
  events: number;
  deliveries: number;
  /** Launches a month in the tenant's plan as it is now; null for no limit. */
  limit: number | null;
}

/** Reads what was used from its counts; what is not counted yet, from where it is. */
export class UsageRepository {
  constructor(private readonly db: Pick<Database, 'listPool'>) {}

  /**
   * On one snapshot, so that what is being counted at this moment is in one of the two parts only.
   *
   * @param month `2026-11`, in UTC
   * @throws ListTooSlowError
   */
  async read(tenantId: string, month: string): Promise<Usage> {
    return readListOnSnapshot(this.db, tenantId, async (rows) => {
      const [usage] = await rows<Usage>(counted(tenantId, month));
      const [rest] = await rows<Uncounted>(
        uncounted(tenantId, rangeOf(month), await readProgress(rows)),
      );
      return {
        ...usage!,
        events: usage!.events + rest!.events,
        deliveries: usage!.deliveries + rest!.deliveries,
      };
    });
  }
}

/** Launches are all here: those that are not counted have tallies. */
function counted(tenantId: string, month: string): Prisma.Sql {
  const ofMonth = Prisma.sql`WHERE tenant_id = ${tenantId}::uuid AND month = ${`${month}-01`}::date`;
  return Prisma.sql`
    SELECT t.monthly_launch_limit AS limit,
      (SELECT coalesce(sum(launches), 0)::float8 FROM (
        SELECT launches FROM launch_counts ${ofMonth}
        UNION ALL
        SELECT launches FROM launch_tallies ${ofMonth}
      ) parts) AS launches,
      coalesce(c.events, 0)::float8 AS events, coalesce(c.deliveries, 0)::float8 AS deliveries
    FROM tenants t
    LEFT JOIN (SELECT * FROM event_counts ${ofMonth}) c ON true
    WHERE t.id = ${tenantId}::uuid`;
}

type Uncounted = Pick<Usage, 'events' | 'deliveries'>;
type Progress = Record<keyof Uncounted, string>;

/** Asked for beforehand: of a value that it does not know, the planner expects a third of the table. */
async function readProgress(rows: ReadRows): Promise<Progress> {
  // By the index, also while the statistics of a new partition know nothing of its rows.
  await rows(Prisma.sql`SET LOCAL enable_seqscan = off`);
  const [progress] = await rows<{ to: Progress }>(
    Prisma.sql`SELECT json_object_agg(counted, counted_to) AS to FROM event_counts_progress`,
  );
  return progress!.to;
}

function uncounted(tenantId: string, range: TimeRange, countedTo: Progress): Prisma.Sql {
  const events = inTimeRange(Prisma.sql`e.id`, Prisma.sql`e.accepted_at`, range);
  const deliveries = inTimeRange(Prisma.sql`d.id`, Prisma.sql`d.created_at`, range);
  return Prisma.sql`
    SELECT
      (SELECT count(*)::integer FROM events e
       WHERE e.tenant_id = ${tenantId}::uuid AND e.id >= ${countedTo.events}::uuid
         AND ${Prisma.join(events, ' AND ')} AND ${Prisma.raw(isReported('e'))}) AS events,
      (SELECT count(*)::integer FROM deliveries d
       WHERE d.tenant_id = ${tenantId}::uuid AND d.id >= ${countedTo.deliveries}::uuid
         AND ${Prisma.join(deliveries, ' AND ')} AND NOT d.test) AS deliveries`;
}

function rangeOf(month: string): TimeRange {
  const from = new Date(`${month}-01T00:00:00Z`);
  return { from, to: new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1)) };
}
