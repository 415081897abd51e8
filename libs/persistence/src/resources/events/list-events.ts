import type { Database } from '../../database/database.js';
import type { ListPart, PageRequest } from '../../database/page-request.js';
import { readListOnSnapshot, type ReadRows } from '../../database/read-list.js';
import { Prisma } from '../../generated/client.js';
import { type DeliveriesOfEvent, deliveriesOfEvents } from './deliveries-of-events.js';
import { EVENT_COLUMNS_WITH_SUBJECTS, type EventWithSubjects } from './event-record.js';
import { detailsOfEvents, type EventFilter, scopeOfEvents } from './event-filter.js';
import { byIndexOf, isAbout, type SubjectCondition, subjectsOf } from './subjects.js';

/** Up to this many candidates are looked up by their ids; beyond it, the newest events have enough. */
const FEW = 2_000;

/**
 * How many events one page looks at for what no index has in their order: about 30 ms of Postgres. Whether an event is
 * unwanted is a look into each partition of deliveries, so fewer are looked at.
 */
const MOST_LOOKED_AT = { subject: 20_000, unwanted: 2_000 } as const;

/** An event of a list. */
export interface ListedEvent extends EventWithSubjects {
  deliveries: DeliveriesOfEvent;
}

/** Which events `e` a page is chosen from, newest first, and what decides about each of them. */
interface Reading {
  scope: Prisma.Sql;
  details: readonly Prisma.Sql[];
  /** How many to look at when the scope may hold millions of which the details want few. */
  bound: number | undefined;
}

/** Lists the events of a tenant, newest first, without those of tests. */
export async function listEvents(
  db: Pick<Database, 'listPool'>,
  tenantId: string,
  filter: EventFilter,
  page: PageRequest,
): Promise<ListPart<ListedEvent>> {
  return readListOnSnapshot(db, tenantId, async (rows) => {
    const reading = await readingOf(rows, tenantId, filter, page.before);
    const found = await rows<EventWithSubjects>(pageOf(reading, page.limit));
    const isShort = reading.bound !== undefined && found.length < page.limit;
    const deliveries = await deliveriesOfEvents(rows, tenantId, found);
    return {
      rows: found.map((event) => ({ ...event, deliveries: deliveries.get(event.id)! })),
      lookedTo: isShort ? await endOfLooking(rows, reading) : undefined,
    };
  });
}

async function readingOf(
  rows: ReadRows,
  tenantId: string,
  filter: EventFilter,
  before: string | undefined,
): Promise<Reading> {
  const details = detailsOfEvents(filter);
  const older = before ? [Prisma.sql`e.id < ${before}::uuid`] : [];
  const scope = [...scopeOfEvents(tenantId, filter), ...older];
  const subjects = subjectsOf(filter);
  if (subjects.length === 0) return readingWith(scope, details, filter);
  const few = await fewIds(rows, scope, subjects);
  if (!few) return readingWith(scope, [...subjects.map(isAbout), ...details], filter);
  const ids = Prisma.sql`e.id = ANY (${few}::uuid[])`;
  return { scope: Prisma.join([ids, ...scope], ' AND '), details, bound: undefined };
}

function readingWith(
  scope: readonly Prisma.Sql[],
  details: readonly Prisma.Sql[],
  { unwanted, eventId }: EventFilter,
): Reading {
  const { unwanted: few, subject: many } = MOST_LOOKED_AT;
  const isBounded = details.length > 0 && eventId === undefined;
  const bound = isBounded ? (unwanted ? few : many) : undefined;
  return { scope: Prisma.join([...scope], ' AND '), details, bound };
}

/**
 * The events that are about all of these, found by the first.
 *
 * @returns undefined when there are more than {@link FEW}
 */
async function fewIds(
  rows: ReadRows,
  scope: readonly Prisma.Sql[],
  [first, ...others]: readonly SubjectCondition[],
): Promise<string[] | undefined> {
  const also = [...scope, ...others.map(isAbout)];
  const ways = first!.columns.map(
    (column) => Prisma.sql`
      (SELECT e.id FROM events e WHERE ${byIndexOf(column, [first!.id])} AND ${Prisma.join(also, ' AND ')}
       ORDER BY ${column} LIMIT ${FEW + 1})`,
  );
  const found = await rows<{ id: string }>(Prisma.join(ways, ' UNION '));
  return found.length > FEW ? undefined : found.map(({ id }) => id);
}

function pageOf({ scope, details, bound }: Reading, limit: number): Prisma.Sql {
  const lookedAt = Prisma.sql`(
    SELECT * FROM events e WHERE ${scope} ORDER BY e.id DESC LIMIT ${bound ?? null})`;
  const source = bound === undefined ? Prisma.sql`events` : lookedAt;
  const conditions = bound === undefined ? [scope, ...details] : details;
  return Prisma.sql`
    SELECT ${EVENT_COLUMNS_WITH_SUBJECTS} FROM ${source} e WHERE ${Prisma.join([...conditions], ' AND ')}
    ORDER BY e.id DESC LIMIT ${limit}`;
}

/** The last event that was looked at, when there may be more behind it. */
async function endOfLooking(
  rows: ReadRows,
  { scope, bound }: Reading,
): Promise<string | undefined> {
  const [last] = await rows<{ id: string }>(Prisma.sql`
    SELECT e.id FROM events e WHERE ${scope} ORDER BY e.id DESC OFFSET ${bound! - 1} LIMIT 1`);
  return last?.id;
}
