import { type TimeRange } from '@schoolbell/delivery';
import { toTypeId } from '@schoolbell/ids';
import type { Actor, Author } from '@schoolbell/identity';
import { asTenantOrPlatform } from '../../database/as-tenant.js';
import type { Database } from '../../database/database.js';
import { inTimeRange } from '../../database/id-range.js';
import type { PageRequest } from '../../database/page-request.js';
import { readList } from '../../database/read-list.js';
import { recordChange } from '../../database/record-change.js';
import { Prisma } from '../../generated/client.js';

/** A change, as the audit log has it. */
export interface AuditRow {
  id: string;
  /** Null for a change of the platform's own. */
  tenantId: string | null;
  at: Date;
  actorKind: Actor['kind'];
  /** TypeID. */
  actorId: string;
  actorName: string;
  action: string;
  resourceKind: string;
  /** TypeID; of an event type its name. */
  resourceId: string;
  address: string;
  requestId: string;
  /** Null for what was created. */
  before: Prisma.JsonObject | null;
  /** Null for what was deleted. */
  after: Prisma.JsonObject | null;
}

/** All that are given hold together. */
export interface AuditFilter extends TimeRange {
  /** TypeID. */
  actorId?: string | undefined;
  action?: string | undefined;
  /** TypeID. */
  resourceId?: string | undefined;
}

/** Shows who changed what, and keeps what users of the platform looked at. */
export class AuditLogRepository {
  constructor(private readonly db: Database) {}

  /**
   * Newest first.
   *
   * @param tenantId undefined: of all tenants and of the platform, for the platform
   * @throws ListTooSlowError
   */
  async list(
    tenantId: string | undefined,
    filter: AuditFilter,
    page: PageRequest,
  ): Promise<AuditRow[]> {
    const conditions = [
      Prisma.sql`true`,
      ...(tenantId ? [Prisma.sql`tenant_id = ${tenantId}::uuid`] : []),
      ...(filter.actorId ? [Prisma.sql`actor_id = ${filter.actorId}`] : []),
      ...(filter.action ? [Prisma.sql`action = ${filter.action}`] : []),
      ...(filter.resourceId ? [Prisma.sql`resource_id = ${filter.resourceId}`] : []),
      ...inTimeRange(Prisma.sql`id`, Prisma.sql`at`, filter),
      ...(page.before ? [Prisma.sql`id < ${page.before}::uuid`] : []),
    ];
    const query = Prisma.sql`
      SELECT id, tenant_id AS "tenantId", at, actor_kind AS "actorKind", actor_id AS "actorId",
        actor_name AS "actorName", action, resource_kind AS "resourceKind", resource_id AS "resourceId",
        address, request_id AS "requestId", before, after
      FROM audit_log WHERE ${Prisma.join(conditions, ' AND ')}
      ORDER BY id DESC LIMIT ${page.limit}`;
    return readList<AuditRow>(this.db, tenantId, query);
  }

  /**
   * Nothing is written of a tenant that does not exist.
   *
   * @param path of the API that was read
   */
  async recordLook(author: Author, tenantId: string | null, path: string): Promise<void> {
    const id = tenantId === null ? 'all' : toTypeId('tenant', tenantId);
    const resource = { kind: 'tenant', id };
    const look = { tenantId, action: 'tenant.viewed', resource, after: { path } };
    await asTenantOrPlatform(this.db, tenantId, async (tx) => {
      const exists = tenantId === null || (await tx.tenant.count({ where: { id: tenantId } })) > 0;
      if (exists) await recordChange(tx, author, look);
    });
  }
}
