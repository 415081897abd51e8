import { uuidV7 } from '@schoolbell/delivery';
import type { Database } from '../../database/database.js';
import { Prisma, type Tenant } from '../../generated/client.js';
import { usageMonthOf } from '../../steps/usage-month.js';

/** The customer organisation that owns webhooks, events and keys. */
export type TenantRecord = Tenant;

export interface TenantDraft {
  name: string;
  /** Launches a month in its plan; null: unlimited. */
  monthlyLaunchLimit?: number | null;
  /** How many webhooks it may have. Default 100. */
  webhookLimit?: number;
  /** How many event types of its own it may have. Default 200. */
  eventTypeLimit?: number;
  /** For formats that name the platform by IRI. */
  iri?: string | null;
  /** For formats that name the platform by host name. */
  domain?: string | null;
  /** The UUID that receivers of the SCORM API know it by; null: its own id. */
  scormApiTenantId?: string | null;
  /** Who is told by e-mail of paused webhooks and of thresholds of usage. Default nobody. */
  notificationEmails?: string[];
  /** How commits of SCORM players are read: see `ScormRules` of libs/scorm. Default false. */
  scormCompletionOnFailed?: boolean;
  /** Default true. */
  scormApplyThresholds?: boolean;
}

/** What the bodies of its webhooks show of a tenant. */
const ON_THE_WIRE = ['iri', 'domain', 'scormApiTenantId'] as const;

/** Creates, lists and changes tenants. For the platform only: nothing here asks whose tenant it is. */
export class TenantRepository {
  constructor(private readonly db: Database) {}

  async create(draft: TenantDraft): Promise<TenantRecord> {
    return this.db.prisma.tenant.create({ data: { id: uuidV7(), ...draft } });
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
    return (await this.db.prisma.tenant.findUnique({ where: { id } })) ?? undefined;
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
  async update(id: string, changes: Partial<TenantDraft>): Promise<TenantRecord | undefined> {
    return this.db.prisma.$transaction(async (tx) => {
      const [row] = await tx.tenant.updateManyAndReturn({
        where: { id },
        data: { ...changes, updatedAt: new Date() },
      });
      if (ON_THE_WIRE.some((field) => changes[field] !== undefined)) {
        const where = { tenantId: id, deletedAt: null };
        await tx.webhook.updateMany({ where, data: { version: { increment: 1 } } });
      }
      if (row && changes.monthlyLaunchLimit !== undefined)
        await tx.$executeRaw(tallyNoLaunches(id));
      return row;
    });
  }
}

function tallyNoLaunches(tenantId: string): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO launch_tallies (tenant_id, month, launches)
    VALUES (${tenantId}::uuid, ${Prisma.raw(usageMonthOf('now()'))}, 0)`;
}
