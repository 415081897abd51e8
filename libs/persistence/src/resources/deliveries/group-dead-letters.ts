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
import { readingOf, type Reading } from './list-deliveries.js';

/** Counting these takes some 20 ms of Postgres. */
const MOST_COUNTED = 10_000;
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
 * Groups the newest 10,000 dead letters that the time range and the webhook leave.
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
      isComplete: found.length <= MOST_GROUPS && (found[0]?.looked ?? 0) <= MOST_COUNTED,
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
      SELECT row_number() OVER (ORDER BY d.id DESC) AS place, d.*
      FROM (
        SELECT ${READ} FROM ${source} d WHERE ${all} ORDER BY d.id DESC LIMIT ${MOST_COUNTED + 1}
      ) d
    ),
    counted AS MATERIALIZED (
      SELECT count(*)::integer AS count, min(d.dead_at) AS first, max(d.dead_at) AS last, min(d.place) AS place
      FROM looked_at d WHERE d.place <= ${MOST_COUNTED} AND ${conditions}
      GROUP BY ${columns} ORDER BY 1 DESC, 3 DESC LIMIT ${MOST_GROUPS + 1}
    )
    SELECT g.count, g.first, g.last, (SELECT count(*)::integer FROM looked_at) AS looked, ${DELIVERY_COLUMNS}
    FROM counted g JOIN looked_at l ON l.place = g.place
    JOIN deliveries d ON d.id = l.id JOIN webhooks w ON w.id = d.webhook_id
    ORDER BY g.count DESC, g.last DESC`;
}

/** What a filter can ask of a dead letter, and what groups are made of. */
const READ = Prisma.raw(
  'd.id, d.event_id, d.event_type, d.webhook_id, d.last_error_code, d.last_response_status, d.dead_at',
);

const TRUE = Prisma.sql`true`;

function toGroup(row: GroupRow): DeadLetterGroup {
  const { count, first, last } = row;
  return { count, first, last, example: toDeliveryRow(row) };
}
