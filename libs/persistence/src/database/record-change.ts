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
  tx: Pick<Prisma.TransactionClient, 'auditEntry'>,
  { actor, address, requestId }: Author,
  { tenantId, action, resource, before, after }: Change,
): Promise<void> {
  // Not `create`, which reads the row back. Its id is of the database's clock: by that, old entries are dropped.
  await tx.auditEntry.createMany({
    data: {
      tenantId,
      action,
      actorKind: actor.kind,
      actorId: actor.id,
      actorName: actor.name,
      resourceKind: resource.kind,
      resourceId: resource.id,
      address,
      requestId,
      before: before ?? Prisma.DbNull,
      after: after ?? Prisma.DbNull,
    },
  });
}

/** As {@link recordChange}, an entry for each, in one statement: Prisma's own takes as long as one by one. */
export async function recordChanges(
  tx: Pick<Prisma.TransactionClient, '$executeRaw'>,
  { actor, address, requestId }: Author,
  changes: readonly Change[],
): Promise<void> {
  const rows = changes.map((change) => ({ id: uuidV7(), ...change }));
  await tx.$executeRaw`
    INSERT INTO audit_log (id, tenant_id, action, actor_kind, actor_id, actor_name, resource_kind, resource_id,
      address, request_id, before, after)
    SELECT c.id, c."tenantId", c.action, ${actor.kind}, ${actor.id}, ${actor.name}, c.resource->>'kind',
      c.resource->>'id', ${address}, ${requestId}, c.before, c.after
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS c
      (id uuid, "tenantId" uuid, action text, resource jsonb, before jsonb, after jsonb)`;
}
