import type { Database } from '../../database/database.js';
import type { ListPart, PageRequest } from '../../database/page-request.js';
import { readListOnSnapshot, type ReadRows } from '../../database/read-list.js';
import { Prisma } from '../../generated/client.js';
import { type DeliveryFilter, detailsOf, namesFew, scopeOf, sourceOf } from './delivery-filter.js';
import {
  DELIVERY_COLUMNS,
  toDeliveryRow,
  type DeliveryColumns,
  type DeliveryRow,
} from './delivery-fields.js';
import { type DeliveryExpansion, expanded } from './expanded-deliveries.js';
import { narrow } from './narrow-deliveries.js';

/**
 * How many deliveries one page looks at for filters that no index has, such as the response status: about
 * 50 ms of Postgres. Who looks for few among millions goes on page by page, or narrows the time range.
 */
const MOST_LOOKED_AT = 20_000;

/** Which deliveries `d` a list is chosen from, newest first, and what decides about each of them. */
export interface Reading {
  source: Prisma.Sql;
  scope: Prisma.Sql;
  details: readonly Prisma.Sql[];
  /** Whether the scope may hold millions of which the details want few. */
  bounded: boolean;
}

/** Lists the deliveries of a tenant, newest first. A deleted webhook's deliveries are among them. */
export async function listDeliveries(
  db: Pick<Database, 'listPool'>,
  tenantId: string,
  filter: DeliveryFilter,
  page: PageRequest,
  expansion?: DeliveryExpansion,
): Promise<ListPart<DeliveryRow>> {
  return readListOnSnapshot(db, tenantId, async (rows) => {
    const reading = await readingOf(rows, tenantId, filter, page.before);
    const found = await rows<DeliveryColumns>(pageOf(reading, page.limit));
    const isShort = reading.bounded && found.length < page.limit;
    return {
      rows: await expanded(rows, tenantId, found.map(toDeliveryRow), expansion),
      lookedTo: isShort ? await endOfLooking(rows, reading) : undefined,
    };
  });
}

export async function readingOf(
  rows: ReadRows,
  tenantId: string,
  filter: DeliveryFilter,
  before: string | undefined,
): Promise<Reading> {
  const { conditions, few } = await narrow(rows, tenantId, filter);
  const details = [...detailsOf(filter), ...conditions];
  const older = before ? [Prisma.sql`d.id < ${before}::uuid`] : [];
  return {
    source: sourceOf(tenantId, filter),
    scope: Prisma.join([...scopeOf(tenantId, filter), ...older], ' AND '),
    details,
    bounded: details.length > 0 && !few && !namesFew(filter),
  };
}

/** Each delivery has a webhook; a `JOIN`, from which fewer may come, could have the planner read all deliveries first. */
function pageOf({ source, scope, details, bounded }: Reading, limit: number): Prisma.Sql {
  const lookedAt = Prisma.sql`(
    SELECT d.* FROM ${source} d WHERE ${scope} ORDER BY d.id DESC LIMIT ${MOST_LOOKED_AT})`;
  const conditions = bounded ? details : [scope, ...details];
  return Prisma.sql`
    SELECT ${DELIVERY_COLUMNS}
    FROM ${bounded ? lookedAt : source} d LEFT JOIN webhooks w ON w.id = d.webhook_id
    WHERE ${Prisma.join([...conditions], ' AND ')}
    ORDER BY d.id DESC LIMIT ${limit}`;
}

/** The last delivery that was looked at, when there may be more behind it. */
async function endOfLooking(
  rows: ReadRows,
  { source, scope }: Reading,
): Promise<string | undefined> {
  const [last] = await rows<{ id: string }>(Prisma.sql`
    SELECT d.id FROM ${source} d WHERE ${scope}
    ORDER BY d.id DESC OFFSET ${MOST_LOOKED_AT - 1} LIMIT 1`);
  return last?.id;
}
