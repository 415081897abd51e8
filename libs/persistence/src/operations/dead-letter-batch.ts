import { conditionsOf, type DeadLetterSelection } from '../resources/deliveries/delivery-filter.js';
import { dueByHand } from '../steps/due-by-hand.js';
import { Prisma } from '../generated/client.js';
import { lockedOperation, progress, revive, type RunningOperation } from './batch.js';
import { readSelection, type StoredSelection } from './selection.js';

/** Some 50 ms of Postgres. */
const BATCH_SIZE = 500;

/** The dead letters `d` of a selection. */
export function deadLettersOf(tenantId: string, selection: DeadLetterSelection): Prisma.Sql {
  return Prisma.join(conditionsOf(tenantId, { ...selection, deadLetters: true }), ' AND ');
}

/**
 * The next dead letters of a bulk retry or discard, in the order of their ids. They are locked in that
 * order, and looked at again once they are: two operations at once never move the same one. What died after
 * the operation began is none of its business, such as one that it has retried itself.
 */
export function deadLetterBatch(operation: RunningOperation): Prisma.Sql {
  const { id, tenantId, kind } = operation;
  const selection = readSelection(operation.selection as StoredSelection<DeadLetterSelection>);
  return Prisma.sql`
    WITH ${lockedOperation(id)},
    found AS MATERIALIZED (
      SELECT d.id, w.deleted_at IS NULL AND d.erased_at IS NULL AND EXISTS (SELECT FROM events e WHERE e.id = d.event_id)
        AS sendable
      FROM deliveries d JOIN webhooks w ON w.id = d.webhook_id
      WHERE ${deadLettersOf(tenantId, selection)}
        AND d.dead_at <= (SELECT created_at FROM operation) AND d.id > (SELECT reached FROM operation)
      ORDER BY d.id LIMIT ${BATCH_SIZE} FOR UPDATE OF d
    ),
    ${kind === 'retry' ? RETRIED : DISCARDED}
    ${progress(Prisma.sql`found`, endOf(kind === 'retry', selection))}`;
}

const RETRIED = Prisma.sql`
    ${revive(Prisma.sql`(SELECT id AS dead_id FROM found WHERE sendable)`)},
    moved AS (SELECT * FROM revived),
    made_due AS (${dueByHand(Prisma.sql`moved`)})`;

const DISCARDED = Prisma.sql`
    moved AS (
      UPDATE deliveries d
      SET status = 'discarded', dead_at = NULL, next_attempt_at = NULL, updated_at = now()
      FROM found WHERE d.id = found.id
      RETURNING d.webhook_id
    )`;

/** When its webhook was deleted, or its event pruned or erased, a dead letter can only be discarded. */
function endOf(isRetry: boolean, { deliveryIds }: DeadLetterSelection): Prisma.Sql {
  return Prisma.sql`
    SELECT count(*) FILTER (WHERE ${isRetry}::boolean AND NOT sendable)::integer AS failed,
      CASE WHEN count(*) < ${BATCH_SIZE} THEN 'completed' END AS outcome,
      ${deliveryIds !== undefined}::boolean AS named
    FROM found`;
}
