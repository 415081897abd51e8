import type { DeadLetterGrouping } from '@schoolbell/delivery';
import type { Database } from '../../database/database.js';
import { readListOnSnapshot } from '../../database/read-list.js';
import { Prisma } from '../../generated/client.js';
import type { DeliveryFilter } from './delivery-filter.js';
import {
  FILTER_COLUMNS,
  DELIVERY_COLUMNS,
  toDeliveryRow,
  type DeliveryColumns,
  type DeliveryRow,
} from './delivery-fields.js';
import { readingOf, type Reading } from './list-deliveries.js';

/** Counting these takes some 25 ms of Postgres while their pages are in memory. */
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

/** Of a group of which nothing matches, the delivery is null. */
type GroupRow = DeliveryColumns & {
  count: number;
  first: Date;
  last: Date;
  /** How many were looked at, of all groups. */
  looked: number;
};

const COLUMNS: Record<DeadLetterGrouping, readonly string[]> = {
  webhook: ['d.webhook_id'],
  error: [FILTER_COLUMNS.errorCode, FILTER_COLUMNS.responseStatus],
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
    const groups = found.filter(({ count }) => count > 0);
    const mayBeMore = (found[0]?.looked ?? 0) >= MOST_COUNTED;
    return {
      groups: groups.slice(0, MOST_GROUPS).map(toGroup),
      isComplete: !mayBeMore && groups.length <= MOST_GROUPS,
    };
  });
}

/** In one pass through the newest, in the order of their index. */
function groupsOf(
  { source, scope, details, bounded }: Reading,
  by: readonly DeadLetterGrouping[],
): Prisma.Sql {
  const all = Prisma.join([scope, ...(bounded ? [] : details)], ' AND ');
  const columns = Prisma.raw(by.flatMap((each) => COLUMNS[each]).join(', '));
  const matches = Prisma.join([TRUE, ...(bounded ? details : [])], ' AND ');
  return Prisma.sql`
    WITH counted AS MATERIALIZED (
      SELECT count(*) FILTER (WHERE matches) AS count, count(*) AS looked,
        min(d.dead_at) FILTER (WHERE matches) AS first, max(d.dead_at) FILTER (WHERE matches) AS last,
        (max(d.id::text COLLATE "C") FILTER (WHERE matches))::uuid AS newest
      FROM (
        SELECT d.*, (${matches}) AS matches FROM (
          SELECT ${READ} FROM ${source} d WHERE ${all} ORDER BY d.id DESC LIMIT ${MOST_COUNTED}
        ) d OFFSET 0
      ) d
      GROUP BY ${columns}
    )
    SELECT g.count, g.first, g.last, (SELECT sum(looked) FROM counted)::integer AS looked, ${DELIVERY_COLUMNS}
    FROM (SELECT * FROM counted ORDER BY count DESC, last DESC LIMIT ${MOST_GROUPS + 1}) g
    LEFT JOIN deliveries d ON d.id = g.newest LEFT JOIN webhooks w ON w.id = d.webhook_id
    ORDER BY g.count DESC, g.last DESC`;
}

/** What a filter can ask of a dead letter, and what groups are made of. */
const READ = Prisma.raw(
  ['d.id', 'd.event_id', 'd.webhook_id', 'd.dead_at', ...Object.values(FILTER_COLUMNS)].join(', '),
);

const TRUE = Prisma.sql`true`;

function toGroup({ count, first, last, looked: _looked, ...example }: GroupRow): DeadLetterGroup {
  return { count, first, last, example: toDeliveryRow(example) };
}
