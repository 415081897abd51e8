import type { OperationKind, OperationStatus } from '@schoolbell/delivery';
import { Prisma } from '../generated/client.js';

/** An operation whose turn it is. */
export interface RunningOperation {
  id: string;
  tenantId: string;
  kind: OperationKind;
  selection: unknown;
}

/** What a batch did. */
export interface BatchRow {
  status: OperationStatus;
  done: number;
  failed: number;
  webhookIds: string[] | null;
}

/**
 * The CTE `operation`: the row of a running operation, locked until the batch commits. No row when another
 * dispatcher is at it, or it was cancelled; `reached` is then null and no id is greater.
 */
export function lockedOperation(id: string): Prisma.Sql {
  return Prisma.sql`
    operation AS MATERIALIZED (
      SELECT id, reached, created_at FROM operations
      WHERE id = ${id}::uuid AND status = 'running' FOR UPDATE SKIP LOCKED
    )`;
}

/**
 * CTEs that begin a new cycle for the dead letters that `which` names by `dead_id`, due now. Their rows are
 * in `revived`.
 */
export function revive(which: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    revived AS (
      UPDATE deliveries d
      SET status = 'waiting', dead_at = NULL, next_attempt_at = now(), coalesced_into = NULL,
          updated_at = now()
      FROM ${which} chosen
      WHERE d.id = chosen.dead_id AND d.status = 'dead' AND d.erased_at IS NULL
      RETURNING d.id, d.tenant_id, d.webhook_id, d.event_id, d.attempt_count
    )`;
}

/**
 * Ends a batch: writes how far it came, in the same statement.
 *
 * @param seen the CTE whose last `id` is how far it came
 * @param batch of one row: `failed`, `outcome` (null while there may be more), `named` (true when each one
 *   was asked for by its id, and one that was not there counts as failed)
 */
export function progress(seen: Prisma.Sql, batch: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    UPDATE operations o
    SET reached = coalesce((SELECT id FROM ${seen} ORDER BY id DESC LIMIT 1), o.reached),
        done = o.done + m.done,
        failed = CASE WHEN b.outcome = 'completed' AND b.named THEN o.total - o.done - m.done
                      ELSE o.failed + b.failed END,
        total = CASE WHEN b.outcome = 'completed' AND NOT b.named
                     THEN o.done + m.done + o.failed + b.failed
                     ELSE greatest(o.total, o.done + m.done + o.failed + b.failed) END,
        status = coalesce(b.outcome, o.status),
        finished_at = CASE WHEN b.outcome IS NOT NULL THEN now() END,
        worked_at = now()
    FROM operation, (${batch}) b, (SELECT count(*)::integer AS done FROM moved) m
    WHERE o.id = operation.id
    RETURNING o.status, o.done, o.failed,
      (SELECT array_agg(DISTINCT webhook_id::text) FROM moved) AS "webhookIds"`;
}
