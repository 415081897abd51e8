import { toTypeId } from '@schoolbell/ids';
import type { Author } from '@schoolbell/identity';
import { asTenant } from '../../database/as-tenant.js';
import type { Database } from '../../database/database.js';
import { recordChange } from '../../database/record-change.js';
import type { Tenant } from '../../generated/client.js';

/** What a tenant sets itself. */
const OWN_SETTINGS = [
  'notificationEmails',
  'timeZone',
  'viewersSeeBodies',
  'secondFactorRequired',
  'scormCompletionOnFailed',
  'scormApplyThresholds',
] as const satisfies readonly (keyof Tenant)[];

type Setting = (typeof OWN_SETTINGS)[number];

export type SettingsRecord = Pick<Tenant, Setting | 'updatedAt'>;

/** Fields that are left out stay as they are. */
export type SettingsChange = Partial<Pick<Tenant, Setting>>;

/** The settings that a tenant has in its own hands. */
export class SettingsRepository {
  constructor(private readonly db: Database) {}

  async find(tenantId: string): Promise<SettingsRecord> {
    return asTenant(this.db, tenantId, (tx) =>
      tx.tenant.findUniqueOrThrow({ where: { id: tenantId } }),
    );
  }

  async update(tenantId: string, change: SettingsChange, author: Author): Promise<SettingsRecord> {
    return asTenant(this.db, tenantId, async (tx) => {
      await tx.$queryRaw`SELECT FROM tenants WHERE id = ${tenantId}::uuid FOR NO KEY UPDATE`;
      const was = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } });
      const changed = OWN_SETTINGS.filter((name) => differs(was[name], change[name]));
      if (changed.length === 0) return was;
      const after = pick(change, changed);
      const data = { ...after, updatedAt: new Date() };
      const row = await tx.tenant.update({ where: { id: tenantId }, data });
      await recordChange(tx, author, {
        tenantId,
        action: 'settings.updated',
        resource: { kind: 'settings', id: toTypeId('tenant', tenantId) },
        before: pick(was, changed),
        after,
      });
      return row;
    });
  }
}

function differs(was: unknown, becomes: unknown): boolean {
  return becomes !== undefined && JSON.stringify(was) !== JSON.stringify(becomes);
}

function pick<Values extends SettingsChange>(values: Values, names: readonly Setting[]) {
  return Object.fromEntries(names.map((name) => [name, values[name]]));
}
