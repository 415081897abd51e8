import { toTypeId } from '@schoolbell/ids';
import type { Author } from '@schoolbell/identity';
import { recordChanges } from '../../database/record-change.js';
import type { Prisma } from '../../generated/client.js';
import { IS_LIVE } from './is-live.js';
import type { SessionEnd } from './session-record.js';

/** Which sessions of a user end. */
export interface SessionsToEnd {
  userId: string;
  /** Only this one. */
  id?: string;
  /** All but this one. */
  except?: string;
  /** Not the newest ones, this many. Default: none is spared. */
  beyond?: number;
  reason: SessionEnd;
}

/**
 * Ends sessions that are not over, with an audit entry for each, in the transaction of whatever ends them.
 *
 * @returns how many
 */
export async function endSessions(
  tx: Pick<Prisma.TransactionClient, '$queryRaw' | '$executeRaw'>,
  author: Author,
  { userId, id, except, beyond = 0, reason }: SessionsToEnd,
): Promise<number> {
  const ended = await tx.$queryRaw<{ id: string; tenantId: string | null }[]>`
    UPDATE user_sessions SET ended_at = now(), end_reason = ${reason}
    WHERE ended_at IS NULL AND id IN (
      SELECT s.id FROM user_sessions s
      WHERE s.user_id = ${userId}::uuid AND ${IS_LIVE}
        AND (${id ?? null}::uuid IS NULL OR s.id = ${id ?? null}::uuid)
        AND (${except ?? null}::uuid IS NULL OR s.id <> ${except ?? null}::uuid)
      ORDER BY s.id DESC OFFSET ${beyond})
    RETURNING id, tenant_id AS "tenantId"`;
  const changes = ended.map((session) => ({
    tenantId: session.tenantId,
    action: 'session.ended',
    resource: { kind: 'session', id: toTypeId('session', session.id) },
    after: { reason },
  }));
  if (changes.length > 0) await recordChanges(tx, author, changes);
  return ended.length;
}
