import { uuidV7 } from '@schoolbell/ids';
import type { Author } from '@schoolbell/identity';
import { asTenantOrPlatform } from '../../database/as-tenant.js';
import { changedFields, shownFields } from '../../database/changed-fields.js';
import type { Database } from '../../database/database.js';
import type { PageRequest } from '../../database/page-request.js';
import { recordChange } from '../../database/record-change.js';
import { Prisma, type EventType } from '../../generated/client.js';
import { auditedEventType, ofEventType } from './audited-event-type.js';
import {
  type EventTypeDraft,
  type EventTypeRecord,
  toEventTypeRecord,
} from './event-type-record.js';

/** What the platform may register: more than anybody needs, so that a runaway script ends. */
const PLATFORM_LIMIT = 1_000;

export type EventTypeCreation =
  | { kind: 'created'; eventType: EventTypeRecord }
  /** The owner has registered it already, or the platform has. */
  | { kind: 'taken' }
  | { kind: 'unknown_tenant' }
  /** The owner has `limit` types already. */
  | { kind: 'limit_reached'; limit: number };

/**
 * Stores the event types beside the catalogue. An owner is a tenant, or null: the platform, whose types all tenants
 * have. Where both have one of the same name, the tenant's holds for the tenant. Every change is written to the audit
 * log in its own transaction.
 */
export class EventTypeRepository {
  constructor(private readonly db: Database) {}

  /** Registers a type. One that was deleted goes on with its next version. */
  async create(
    author: Author,
    tenantId: string | null,
    draft: EventTypeDraft,
  ): Promise<EventTypeCreation> {
    return asTenantOrPlatform(this.db, tenantId, async (tx) => {
      const limit = await lockLimit(tx, tenantId);
      if (limit === undefined) return { kind: 'unknown_tenant' };
      const { type } = draft;
      const rows = await tx.eventType.findMany({ where: { type, ...visibleTo(tenantId) } });
      if (rows.some(({ deletedAt }) => deletedAt === null)) return { kind: 'taken' };
      const count = await tx.eventType.count({ where: { tenantId, deletedAt: null } });
      if (count >= limit) return { kind: 'limit_reached', limit };
      const deleted = rows.find((row) => row.tenantId === tenantId);
      const row = deleted
        ? await tx.eventType.update({ where: { id: deleted.id }, data: revived(draft) })
        : await tx.eventType.create({ data: { id: uuidV7(), tenantId, ...draft } });
      const after = shownFields(auditedEventType(row));
      await recordChange(tx, author, { ...ofEventType(row), action: 'event_type.created', after });
      return { kind: 'created', eventType: toEventTypeRecord(row) };
    });
  }

  /** Newest first: the platform's, and the tenant's where one is named. */
  async list(tenantId: string | null, page: PageRequest): Promise<EventTypeRecord[]> {
    const query = Prisma.sql`
      SELECT id, tenant_id AS "tenantId", type, version, description, schema, example,
        created_at AS "createdAt", updated_at AS "updatedAt"
      FROM event_types t
      WHERE t.deleted_at IS NULL
        AND (t.tenant_id = ${tenantId}::uuid OR t.tenant_id IS NULL AND NOT EXISTS (
          SELECT FROM event_types own
          WHERE own.tenant_id = ${tenantId}::uuid AND own.type = t.type AND own.deleted_at IS NULL))
        ${page.before ? Prisma.sql`AND t.id < ${page.before}::uuid` : Prisma.empty}
      ORDER BY t.id DESC LIMIT ${page.limit}`;
    return asTenantOrPlatform(this.db, tenantId, (tx) => tx.$queryRaw<EventTypeRecord[]>(query));
  }

  /** Those of these names that a tenant has: its own, else the platform's. */
  async find(tenantId: string | null, types: readonly string[]): Promise<EventTypeRecord[]> {
    const where = { type: { in: [...types] }, deletedAt: null, ...visibleTo(tenantId) };
    const rows = await asTenantOrPlatform(this.db, tenantId, (tx) =>
      tx.eventType.findMany({ where }),
    );
    const byType = new Map<string, EventType>();
    for (const row of rows) if (row.tenantId || !byType.has(row.type)) byType.set(row.type, row);
    return [...byType.values()].map(toEventTypeRecord);
  }

  /** Those of these names that a tenant has or had: what its history may hold. */
  async everKnown(tenantId: string, types: readonly string[]): Promise<string[]> {
    const where = { type: { in: [...types] }, ...visibleTo(tenantId) };
    const rows = await asTenantOrPlatform(this.db, tenantId, (tx) =>
      tx.eventType.findMany({ where, select: { type: true } }),
    );
    return rows.map(({ type }) => type);
  }

  /**
   * Changes what is given, unless somebody else did since it was read. A change of schema or example makes the next
   * version.
   *
   * @returns `undefined` when it is gone or has another version by now: read it again
   */
  async update(
    author: Author,
    old: EventTypeRecord,
    { schema, example, description }: Partial<EventTypeDraft>,
  ): Promise<EventTypeRecord | undefined> {
    const isNewVersion = schema !== undefined || example !== undefined;
    const { id, tenantId, version } = old;
    const where = { id, tenantId, version, deletedAt: null };
    const data = {
      ...(schema !== undefined && { schema }),
      ...(example !== undefined && { example }),
      ...(description !== undefined && { description }),
      ...(isNewVersion && { version: { increment: 1 } }),
      updatedAt: new Date(),
    };
    return asTenantOrPlatform(this.db, tenantId, async (tx) => {
      const before = await lockEventType(tx, id);
      const [after] = await tx.eventType.updateManyAndReturn({ where, data });
      if (!before || !after) return undefined;
      const changed = changedFields(auditedEventType(before), auditedEventType(after));
      if (changed) {
        const action = 'event_type.updated';
        await recordChange(tx, author, { ...ofEventType(after), action, ...changed });
      }
      return toEventTypeRecord(after);
    });
  }

  /**
   * Deletes a type; its name stays, for the history and so that its versions go on. False if there is no such type.
   */
  async delete(author: Author, { id, tenantId }: EventTypeRecord): Promise<boolean> {
    const data = { deletedAt: new Date(), description: '', schema: 'true', example: '{}' };
    return asTenantOrPlatform(this.db, tenantId, async (tx) => {
      const old = await lockEventType(tx, id);
      if (!old) return false;
      await tx.eventType.update({ where: { id, tenantId }, data });
      const before = shownFields(auditedEventType(old));
      await recordChange(tx, author, { ...ofEventType(old), action: 'event_type.deleted', before });
      return true;
    });
  }
}

async function lockEventType(
  tx: Prisma.TransactionClient,
  id: string,
): Promise<EventType | undefined> {
  await tx.$executeRaw`SELECT FROM event_types WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  return (await tx.eventType.findUnique({ where: { id, deletedAt: null } })) ?? undefined;
}

function visibleTo(tenantId: string | null): Prisma.EventTypeWhereInput {
  return tenantId === null ? { tenantId } : { OR: [{ tenantId }, { tenantId: null }] };
}

function revived({ description, schema, example }: EventTypeDraft): Prisma.EventTypeUpdateInput {
  const now = new Date();
  const times = { createdAt: now, updatedAt: now, deletedAt: null };
  return { description, schema, example, version: { increment: 1 }, ...times };
}

/** Two registrations at once must not both take the last place, or the same name: the second waits for the first. */
async function lockLimit(
  tx: Prisma.TransactionClient,
  tenantId: string | null,
): Promise<number | undefined> {
  if (tenantId === null) {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('schoolbell event types'))`;
    return PLATFORM_LIMIT;
  }
  // `NO KEY`, since events of the tenant are accepted meanwhile.
  const [tenant] = await tx.$queryRaw<{ limit: number }[]>`
    SELECT event_type_limit AS limit FROM tenants WHERE id = ${tenantId}::uuid FOR NO KEY UPDATE`;
  return tenant?.limit;
}
