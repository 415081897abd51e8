import type { ReadRows } from '../../database/read-list.js';
import { Prisma } from '../../generated/client.js';
import { waitingOf } from '../../steps/waiting-of.js';
import type { DeliveryFilter } from './delivery-filter.js';

/** Up to this many candidates are looked at one by one; beyond it, the newest deliveries have enough. */
const FEW = 2_000;

interface Narrowing {
  conditions: Prisma.Sql[];
  /** Whether one of the conditions names the few candidates. */
  few: boolean;
}

/**
 * Conditions that only other tables can answer: whether a delivery waits, and what its event is about.
 * Neither has an index on `deliveries`, which would be written with every delivery.
 *
 * What matches little is fetched first and its deliveries looked up by id; what matches much is checked
 * delivery by delivery, newest first, since a page is then soon full. The planner cannot choose so, as it
 * does not know how many match.
 */
export async function narrow(
  rows: ReadRows,
  tenantId: string,
  filter: DeliveryFilter,
): Promise<Narrowing> {
  const { status, subjectId } = filter;
  const parts: Narrowing[] = [];
  if (subjectId !== undefined) parts.push(await aboutSubject(rows, tenantId, subjectId));
  if (status === 'pending' || status === 'held') {
    parts.push(await amongWaiting(rows, tenantId, filter.webhookId));
  }
  return {
    conditions: parts.flatMap(({ conditions }) => conditions),
    few: parts.some(({ few }) => few),
  };
}

async function aboutSubject(rows: ReadRows, tenantId: string, id: string): Promise<Narrowing> {
  const events = (column: Prisma.Sql): Prisma.Sql => Prisma.sql`
    (SELECT id FROM events WHERE tenant_id = ${tenantId}::uuid AND ${column} = ${id} LIMIT ${FEW + 1})`;
  const found = await idsOf(
    rows,
    Prisma.sql`${events(Prisma.sql`session_id`)}
      UNION ${events(Prisma.sql`package_id`)} UNION ${events(Prisma.sql`learner_id`)}`,
  );
  if (found.length <= FEW) {
    return { conditions: [Prisma.sql`d.event_id = ANY (${found}::uuid[])`], few: true };
  }
  const ofEvent = Prisma.sql`(
    SELECT e.session_id = ${id} OR e.package_id = ${id} OR e.learner_id = ${id}
    FROM events e WHERE e.id = d.event_id)`;
  return { conditions: [ofEvent], few: false };
}

async function amongWaiting(
  rows: ReadRows,
  tenantId: string,
  webhookId: string | undefined,
): Promise<Narrowing> {
  const webhooks = webhookId
    ? Prisma.sql`SELECT ${webhookId}::uuid AS id`
    : Prisma.sql`SELECT id FROM webhooks WHERE tenant_id = ${tenantId}::uuid AND deleted_at IS NULL`;
  const found = await idsOf(
    rows,
    Prisma.sql`WITH webhooks_asked AS MATERIALIZED (${webhooks})
      SELECT delivery_id AS id FROM (
        ${WAITING} WHERE tenant_id = ${tenantId}::uuid LIMIT ${FEW + 1}
      ) found`,
  );
  return found.length <= FEW
    ? { conditions: [Prisma.sql`d.id = ANY (${found}::uuid[])`], few: true }
    : { conditions: [], few: false };
}

const WAITING = Prisma.raw(waitingOf('webhooks_asked'));

async function idsOf(rows: ReadRows, query: Prisma.Sql): Promise<string[]> {
  return (await rows<{ id: string }>(query)).map(({ id }) => id);
}
