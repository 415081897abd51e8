import type { DeadLetterGrouping, DeliveryFilter } from '@schoolbell/delivery';
import type { Database } from '../../database/database.js';
import { readListOnSnapshot } from '../../database/read-list.js';
import { Prisma } from '../../generated/client.js';
import {
  DELIVERY_COLUMNS,
  toDeliveryRow,
  type DeliveryColumns,
  type DeliveryRow,
} from './delivery-row.js';
import { MOST_LOOKED_AT, readingOf, type Reading } from './list-deliveries.js';

/** Whoever has more narrows the question. */
const MOST_GROUPS = 100;

/** Dead letters that have what they are grouped by in common: their webhook, the error of the last attempt, or both. */
export interface DeadLetterGroup {
  count: number;
  /** When the first and the last of them died. */
  first: Date;
  last: Date;
  /** The newest of them. */
  example: DeliveryRow;
}

export interface DeadLetterGroups {
  /** The largest first. */
  groups: DeadLetterGroup[];
  /** Whether every dead letter that matches is in one of them. */
  isComplete: boolean;
}

type GroupRow = DeliveryColumns & {
  count: number;
  first: Date;
  last: Date;
  looked: number;
};

const COLUMNS: Record<DeadLetterGrouping, string> = {
  webhook: 'd.webhook_id',
  error: 'd.last_error_code, d.last_response_status',
};

/**
 * Groups the newest 20,000 dead letters of a tenant, or of a webhook: as many as a page of a list looks at.
 *
 * @throws ListTooSlowError
 */
export async function groupDeadLetters(
  db: Pick<Database, 'listPool'>,
  tenantId: string,
  filter: DeliveryFilter,
  by: readonly DeadLetterGrouping[],
): Promise<DeadLetterGroups> {
  return readListOnSnapshot(db, tenantId, async (rows) => {
    const reading = await readingOf(rows, tenantId, { ...filter, deadLetters: true }, undefined);
    const found = await rows<GroupRow>(groupsOf(reading, by));
    return {
      groups: found.slice(0, MOST_GROUPS).map(toGroup),
      isComplete: found.length <= MOST_GROUPS && (found[0]?.looked ?? 0) <= MOST_LOOKED_AT,
    };
  });
}

function groupsOf(
  { source, scope, details, bounded }: Reading,
  by: readonly DeadLetterGrouping[],
): Prisma.Sql {
  const all = Prisma.join([scope, ...(bounded ? [] : details)], ' AND ');
  const conditions = Prisma.join([TRUE, ...(bounded ? details : [])], ' AND ');
  const columns = Prisma.raw(by.map((each) => COLUMNS[each]).join(', '));
  return Prisma.sql`
    WITH looked_at AS MATERIALIZED (
      SELECT d.* FROM ${source} d ${bounded ? Prisma.empty : WITH_WEBHOOK}
      WHERE ${all} ORDER BY d.id DESC LIMIT ${MOST_LOOKED_AT + 1}
    ),
    counted AS MATERIALIZED (
      SELECT count(*)::integer AS count, min(d.dead_at) AS first, max(d.dead_at) AS last,
        max(d.id::text COLLATE "C")::uuid AS example
      FROM (SELECT * FROM looked_at LIMIT ${MOST_LOOKED_AT}) d ${WITH_WEBHOOK}
      WHERE ${conditions}
      GROUP BY ${columns} ORDER BY 1 DESC, 3 DESC LIMIT ${MOST_GROUPS + 1}
    )
    SELECT g.count, g.first, g.last, (SELECT count(*)::integer FROM looked_at) AS looked, ${DELIVERY_COLUMNS}
    FROM counted g JOIN deliveries d ON d.id = g.example ${WITH_WEBHOOK}
    ORDER BY g.count DESC, g.last DESC`;
}

const WITH_WEBHOOK = Prisma.sql`JOIN webhooks w ON w.id = d.webhook_id`;
const TRUE = Prisma.sql`true`;

function toGroup({ count, first, last, looked: _, ...example }: GroupRow): DeadLetterGroup {
  return { count, first, last, example: toDeliveryRow(example) };
}
