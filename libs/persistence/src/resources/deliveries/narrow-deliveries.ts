import type { Database } from '../../database/database.js';
import { Prisma } from '../../generated/client.js';
import { waitingOf } from '../../steps/waiting-of.js';
import type { DeliveryFilter } from './delivery-filter.js';

/** Up to this many candidates are looked at one by one; beyond it, the newest deliveries have enough. */
const FEW = 2_000;

/**
 * Conditions that only other tables can answer: whether a delivery waits, and what its event is about.
 * Neither has an index on `deliveries`, which would be written with every delivery.
 *
 * What matches little is fetched first and its deliveries looked up by id; what matches much is checked
 * delivery by delivery, newest first, since a page is then soon full. The planner cannot choose so, as it
 * does not know how many match.
 */
export async function narrowingConditions(
  db: Database,
  tenantId: string,
  filter: DeliveryFilter,
): Promise<Prisma.Sql[]> {
  const { status, subjectId } = filter;
  const conditions: Prisma.Sql[] = [];
  if (subjectId !== undefined) conditions.push(await aboutSubject(db, tenantId, subjectId));
  if (status === 'pending' || status === 'held') {
    conditions.push(...(await amongWaiting(db, tenantId, filter.webhookId)));
  }
  return conditions;
}

async function aboutSubject(db: Database, tenantId: string, id: string): Promise<Prisma.Sql> {
  const events = (column: Prisma.Sql): Prisma.Sql => Prisma.sql`
    (SELECT id FROM events WHERE tenant_id = ${tenantId}::uuid AND ${column} = ${id} LIMIT ${FEW + 1})`;
  const found = await idsOf(
    db,
    Prisma.sql`${events(Prisma.sql`session_id`)}
      UNION ${events(Prisma.sql`package_id`)} UNION ${events(Prisma.sql`learner_id`)}`,
  );
  if (found.length <= FEW) return Prisma.sql`d.event_id = ANY (${found}::uuid[])`;
  return Prisma.sql`(
    SELECT e.session_id = ${id} OR e.package_id = ${id} OR e.learner_id = ${id}
    FROM events e WHERE e.id = d.event_id)`;
}

async function amongWaiting(
  db: Database,
  tenantId: string,
  webhookId: string | undefined,
): Promise<Prisma.Sql[]> {
  const webhooks = webhookId
    ? Prisma.sql`SELECT ${webhookId}::uuid AS id`
    : Prisma.sql`SELECT id FROM webhooks WHERE tenant_id = ${tenantId}::uuid AND deleted_at IS NULL`;
  const found = await idsOf(
    db,
    Prisma.sql`WITH webhooks_asked AS MATERIALIZED (${webhooks})
      SELECT delivery_id AS id FROM (${WAITING}) waiting LIMIT ${FEW + 1}`,
  );
  return found.length <= FEW ? [Prisma.sql`d.id = ANY (${found}::uuid[])`] : [];
}

const WAITING = Prisma.raw(waitingOf('webhooks_asked'));

async function idsOf(db: Database, query: Prisma.Sql): Promise<string[]> {
  const rows = await db.prisma.$queryRaw<{ id: string }[]>(query);
  return rows.map(({ id }) => id);
}
