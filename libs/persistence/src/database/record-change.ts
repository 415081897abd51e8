import type { Author } from '@schoolbell/identity';
import { Prisma } from '../generated/client.js';

/** One change, as the audit log tells it. Neither side holds a secret. */
export interface Change {
  /** UUID; null for what is the platform's own. */
  tenantId: string | null;
  /** `webhook.updated`: the resource and what was done to it. */
  action: string;
  resource: {
    kind: string;
    /** TypeID. */
    id: string;
  };
  /** The fields that changed, as they were. */
  before?: Prisma.InputJsonObject | undefined;
  /** The same fields, as they are now. */
  after?: Prisma.InputJsonObject | undefined;
}

/** Writes a change to the audit log, in the transaction of the change itself. */
export async function recordChange(
  tx: Pick<Prisma.TransactionClient, '$executeRaw'>,
  author: Author,
  change: Change,
): Promise<void> {
  await recordChanges(tx, author, [change]);
}

/**
 * As {@link recordChange}, an entry for each, in one statement: Prisma's own takes as long as one by one. Ids are made
 * by the database: by its clock, old entries are dropped.
 */
export async function recordChanges(
  tx: Pick<Prisma.TransactionClient, '$executeRaw'>,
  { actor, address, requestId }: Author,
  changes: readonly Change[],
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO audit_log (tenant_id, action, actor_kind, actor_id, actor_name, resource_kind, resource_id,
      address, request_id, before, after)
    SELECT c."tenantId", c.action, ${actor.kind}, ${actor.id}, ${actor.name}, c.resource->>'kind',
      c.resource->>'id', ${address}, ${requestId}, c.before, c.after
    FROM jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) AS c
      ("tenantId" uuid, action text, resource jsonb, before jsonb, after jsonb)`;
}
