import { uuidV7 } from '@schoolbell/delivery';
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
  // Not `create`, which reads the row back.
  await tx.auditEntry.createMany({
    data: {
      id: uuidV7(),
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
