import { TENANT_EVENT_TYPES, type ReplaySelection } from '@schoolbell/delivery';
import { dueByHand } from '../steps/due-by-hand.js';
import { Prisma } from '../generated/client.js';
import { deliveriesOf } from '../database/deliveries-of.js';
import { inTimeRange } from '../database/id-range.js';
import { lockedOperation, progress, revive, type RunningOperation } from './batch.js';
import { readSelection, type StoredSelection } from './selection.js';

/** Events looked at in one batch, also when hardly any of them is wanted. */
const BATCH_SIZE = 500;

const ID = Prisma.sql`e.id`;
const ACCEPTED_AT = Prisma.sql`e.accepted_at`;

/** Events `e` of the time range; those of tests never happened, and of erased ones nothing is left. */
export function ofRange(tenantId: string, selection: ReplaySelection): Prisma.Sql {
  return Prisma.join(
    [
      Prisma.sql`e.tenant_id = ${tenantId}::uuid AND NOT e.test AND e.erased_at IS NULL`,
      ...inTimeRange(ID, ACCEPTED_AT, selection),
    ],
    ' AND ',
  );
}

const ON_ITS_WAY = Prisma.sql`d.status = 'waiting'`;

/**
 * A delivery `d` that arrived, if only before it was sent again by hand and died or was discarded. No `EXISTS`, and no
 * join: in an `OR`, the planner could answer that by reading all attempts or batches there are.
 */
const ARRIVED = Prisma.sql`d.status = 'delivered' OR (
  SELECT true FROM attempts a
  WHERE a.delivery_id = d.id AND a.outcome = 'delivered' AND a.trigger <> 'fallback' LIMIT 1) OR (
  SELECT true FROM batch_members m
  WHERE m.delivery_id = d.id
    AND (SELECT b.status FROM batches b WHERE b.id = m.batch_id) = 'delivered' LIMIT 1)`;

/**
 * Events `e` that are to be sent: what the webhook listens to, unless it is on its way to it already, and,
 * with `onlyMissing`, unless it got there.
 */
export function wanted(selection: ReplaySelection): Prisma.Sql {
  const { webhookId, eventTypes, onlyMissing } = selection;
  const enough = onlyMissing ? Prisma.sql`${ON_ITS_WAY} OR ${ARRIVED}` : ON_ITS_WAY;
  const conditions = [
    Prisma.sql`NOT EXISTS (
      SELECT FROM ${deliveriesOf(ID)} d
      WHERE d.webhook_id = ${webhookId}::uuid AND (${enough}))`,
    // It is being fanned out, and has yet to come to this webhook.
    Prisma.sql`NOT EXISTS (
      SELECT FROM fan_outs f
      WHERE f.event_id = e.id AND f.next_webhook_id <= ${webhookId}::uuid)`,
    ...(eventTypes ? [Prisma.sql`e.type = ANY (${eventTypes})`] : []),
    ...inScope(selection),
  ];
  return Prisma.join(conditions, ' AND ');
}

/** As when an event is fanned out: scopes leave out no event about the tenant that the webhook lists by its name. */
function inScope(selection: ReplaySelection): Prisma.Sql[] {
  const { packageIds, dispatchIds, eventTypes, listedTypes = eventTypes } = selection;
  if (packageIds.length === 0 && dispatchIds.length === 0) return [];
  const named = TENANT_EVENT_TYPES.filter((type) => listedTypes?.includes(type));
  return [
    Prisma.sql`(e.package_id = ANY (${packageIds}) OR e.dispatch_id = ANY (${dispatchIds})
      OR e.type = ANY (${named}))`,
  ];
}

/**
 * The next events of a replay, in the order of their ids. A dead letter among their deliveries begins a new cycle and
 * is no longer a dead letter; otherwise a new delivery is made, and the old one stays as it is.
 */
export function replayBatch(operation: RunningOperation): Prisma.Sql {
  const { id, tenantId } = operation;
  const selection = readSelection(operation.selection as StoredSelection<ReplaySelection>);
  return Prisma.sql`
    WITH ${lockedOperation(id)},
    webhook AS MATERIALIZED (
      SELECT id FROM webhooks WHERE id = ${selection.webhookId}::uuid AND deleted_at IS NULL
    ),
    looked_at AS MATERIALIZED (
      SELECT e.id, e.tenant_id, e.type, e.package_id, e.dispatch_id
      FROM events e
      WHERE ${ofRange(tenantId, selection)} AND e.id > (SELECT reached FROM operation)
      ORDER BY e.id LIMIT ${BATCH_SIZE}
    ),
    found AS MATERIALIZED (
      SELECT e.id, e.tenant_id, e.type, w.id AS webhook_id, dead.id AS dead_id
      FROM looked_at e
      CROSS JOIN webhook w
      LEFT JOIN LATERAL (
        SELECT d.id FROM ${deliveriesOf(ID)} d
        WHERE d.webhook_id = w.id AND d.dead_at IS NOT NULL
        ORDER BY d.id DESC LIMIT 1
      ) dead ON true
      WHERE ${wanted(selection)}
    ),
    ${revive(Prisma.sql`found`)},
    made AS (
      INSERT INTO deliveries (id, tenant_id, event_id, event_type, webhook_id, next_attempt_at)
      SELECT new_uuid_v7(), tenant_id, id, type, webhook_id, now() FROM found WHERE dead_id IS NULL
      RETURNING id, tenant_id, webhook_id, event_id, attempt_count
    ),
    moved AS (SELECT * FROM revived UNION ALL SELECT * FROM made),
    made_due AS (${dueByHand(Prisma.sql`moved`, { inBatches: true })})
    ${progress(Prisma.sql`looked_at`, END)}`;
}

const END = Prisma.sql`
    SELECT 0 AS failed, false AS named,
      CASE WHEN NOT EXISTS (SELECT FROM webhook) THEN 'failed'
           WHEN count(*) < ${BATCH_SIZE} THEN 'completed' END AS outcome
    FROM looked_at`;
