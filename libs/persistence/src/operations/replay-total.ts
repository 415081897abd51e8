import type { ReplaySelection } from '@schoolbell/delivery';
import type { ReadRows } from '../database/read-transaction.js';
import { Prisma } from '../generated/client.js';
import { ofRange, wanted } from './replay-batch.js';

/** Looking at these takes about a second; at ten million it would take longer than a statement may. */
const MOST_LOOKED_AT = 100_000;
/** Of Postgres's `integer`. */
const MOST = 2 ** 31 - 1;

export interface ReplayTotal {
  /** Exact when few events are in the range; else as many as there are if all of it is like its beginning. */
  total: number;
  /** Whether all events of the range were looked at. */
  exact: boolean;
}

interface Sample {
  looked: number;
  wanted: number;
  first: Date | null;
  last: Date | null;
}

/** How many events a replay is about. */
export async function replayTotal(
  rows: ReadRows,
  tenantId: string,
  selection: ReplaySelection,
): Promise<ReplayTotal> {
  const [sample] = await rows<Sample>(sampleOf(tenantId, selection));
  const exact = sample!.looked < MOST_LOOKED_AT;
  return { total: exact ? sample!.wanted : extrapolated(sample!, selection.to), exact };
}

function sampleOf(tenantId: string, selection: ReplaySelection): Prisma.Sql {
  return Prisma.sql`
    SELECT count(*)::integer AS looked, count(*) FILTER (WHERE ${wanted(selection)})::integer AS wanted,
      min(e.accepted_at) AS first, max(e.accepted_at) AS last
    FROM (
      SELECT e.id, e.type, e.package_id, e.dispatch_id, e.accepted_at FROM events e
      WHERE ${ofRange(tenantId, selection)} ORDER BY e.id LIMIT ${MOST_LOOKED_AT}
    ) e`;
}

function extrapolated({ wanted: found, first, last }: Sample, to: Date): number {
  const looked = last!.getTime() - first!.getTime();
  const whole = to.getTime() - first!.getTime();
  return Math.min(MOST, Math.round(found * Math.max(1, whole / Math.max(1, looked))));
}
