import { toTypeId } from '@schoolbell/delivery';
import type { Author } from '@schoolbell/identity';
import { recordChange } from '../../database/record-change.js';
import type { Prisma } from '../../generated/client.js';
import type { SessionEnd } from './session-record.js';

/** Which sessions of a user end. */
export interface SessionsToEnd {
  userId: string;
  /** Only this one. */
  id?: string;
  /** All but this one. */
  except?: string;
  reason: SessionEnd;
}

/**
 * Ends sessions that have not ended, with an audit entry for each, in the transaction of whatever ends them.
 *
 * @returns how many
 */
export async function endSessions(
  tx: Pick<Prisma.TransactionClient, '$queryRaw' | 'auditEntry'>,
  author: Author,
  { userId, id, except, reason }: SessionsToEnd,
): Promise<number> {
  const ended = await tx.$queryRaw<{ id: string; tenantId: string | null }[]>`
    UPDATE user_sessions SET ended_at = now(), end_reason = ${reason}
    WHERE user_id = ${userId}::uuid AND ended_at IS NULL
      AND (${id ?? null}::uuid IS NULL OR id = ${id ?? null}::uuid)
      AND (${except ?? null}::uuid IS NULL OR id <> ${except ?? null}::uuid)
    RETURNING id, tenant_id AS "tenantId"`;
  for (const session of ended) {
    await recordChange(tx, author, {
      tenantId: session.tenantId,
      action: 'session.ended',
      resource: { kind: 'session', id: toTypeId('session', session.id) },
      after: { reason },
    });
  }
  return ended.length;
}
