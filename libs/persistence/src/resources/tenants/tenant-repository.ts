import { uuidV7 } from '@schoolbell/ids';
import type { Author } from '@schoolbell/identity';
import { asTenant } from '../../database/as-tenant.js';
import { changedFields, shownFields } from '../../database/changed-fields.js';
import type { Database } from '../../database/database.js';
import { recordChange } from '../../database/record-change.js';
import { Prisma } from '../../generated/client.js';
import { usageMonthOf } from '../../steps/usage-month.js';
import { auditedTenant, ofTenant } from './audited-tenant.js';
import type { TenantDraft, TenantRecord } from './tenant-record.js';

/** What the bodies of its webhooks show of a tenant. */
const ON_THE_WIRE = ['iri', 'domain', 'scormApiTenantId'] as const;

/**
 * Creates, lists and changes tenants. For the platform, but for `find`: nothing here asks whose tenant it is. What the
 * platform changes is in the audit log of the tenant.
 */
export class TenantRepository {
  constructor(private readonly db: Database) {}

  async create(author: Author, draft: TenantDraft): Promise<TenantRecord> {
    return this.db.prisma.$transaction(async (tx) => {
      const tenant = await tx.tenant.create({ data: { id: uuidV7(), ...draft } });
      const after = shownFields(auditedTenant(tenant));
      await recordChange(tx, author, { ...ofTenant(tenant), action: 'tenant.created', after });
      return tenant;
    });
  }

  /** Newest first. */
  async list(page: { before?: string | undefined; limit: number }): Promise<TenantRecord[]> {
    return this.db.prisma.tenant.findMany({
      where: page.before ? { id: { lt: page.before } } : {},
      orderBy: { id: 'desc' },
      take: page.limit,
    });
  }

  async find(id: string): Promise<TenantRecord | undefined> {
    const where = { id };
    const found = await asTenant(this.db, id, (tx) => tx.tenant.findUnique({ where }));
    return found ?? undefined;
  }

  /** Requests wait for this, so it has connections of its own. */
  async exists(id: string): Promise<boolean> {
    const { rowCount } = await this.db.authPool.query({
      name: 'tenant-exists',
      text: 'SELECT FROM tenants WHERE id = $1',
      values: [id],
    });
    return rowCount === 1;
  }

  /** Whether SCORM 1.2 `failed` counts as completed; false for a tenant that does not exist. */
  async completesOnFailed(id: string): Promise<boolean> {
    const { rows } = await this.db.authPool.query<{ completes: boolean }>({
      name: 'tenant-completes-on-failed',
      text: 'SELECT scorm_completion_on_failed AS completes FROM tenants WHERE id = $1',
      values: [id],
    });
    return rows[0]?.completes ?? false;
  }

  /**
   * Dispatchers keep what a webhook's bodies show of its tenant until the webhook has a new version: a change of
   * it gives every webhook of the tenant one. A new limit of launches may be one that the month has reached already:
   * a tally of no launches has the tenant looked at when launches are counted next.
   *
   * @returns `undefined` when there is no such tenant
   */
  async update(
    author: Author,
    id: string,
    changes: Partial<TenantDraft>,
  ): Promise<TenantRecord | undefined> {
    return this.db.prisma.$transaction(async (tx) => {
      const old = await lockTenant(tx, id);
      if (!old) return undefined;
      const data = { ...changes, updatedAt: new Date() };
      const tenant = await tx.tenant.update({ where: { id }, data });
      if (ON_THE_WIRE.some((field) => changes[field] !== undefined)) {
        const where = { tenantId: id, deletedAt: null };
        await tx.webhook.updateMany({ where, data: { version: { increment: 1 } } });
      }
      if (changes.monthlyLaunchLimit !== undefined) await tx.$executeRaw(tallyNoLaunches(id));
      const changed = changedFields(auditedTenant(old), auditedTenant(tenant));
      if (changed) {
        const action = 'tenant.updated';
        await recordChange(tx, author, { ...ofTenant(tenant), action, ...changed });
      }
      return tenant;
    });
  }
}

/** `NO KEY`, since events of the tenant are accepted meanwhile. */
async function lockTenant(
  tx: Prisma.TransactionClient,
  id: string,
): Promise<TenantRecord | undefined> {
  await tx.$executeRaw`SELECT FROM tenants WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  return (await tx.tenant.findUnique({ where: { id } })) ?? undefined;
}

function tallyNoLaunches(tenantId: string): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO launch_tallies (tenant_id, month, launches)
    VALUES (${tenantId}::uuid, ${Prisma.raw(usageMonthOf('now()'))}, 0)`;
}
