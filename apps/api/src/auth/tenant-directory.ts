import { fromTypeId } from '@schoolbell/ids';
import type { TenantRepository } from '@schoolbell/persistence';
import { ApiError } from '../http/api-error.js';
import type { Principal } from './principal.js';

/** Tenants are never deleted, so one that was found exists for good; above this number, everything is forgotten. */
const MAX_KNOWN = 100_000;

/** Finds the tenant that a request acts for. */
export class TenantDirectory {
  private readonly known = new Set<string>();

  constructor(private readonly tenants: Pick<TenantRepository, 'exists'>) {}

  /**
   * Throws unless the tenant exists; at once for one that was found before.
   *
   * @param tenantId UUID
   * @throws ApiError `tenant_not_found`
   */
  requireExisting(tenantId: string): void | Promise<void> {
    if (!this.known.has(tenantId)) return this.look(tenantId);
  }

  private async look(tenantId: string): Promise<void> {
    if (!(await this.tenants.exists(tenantId))) throw tenantNotFound();
    if (this.known.size >= MAX_KNOWN) this.known.clear();
    this.known.add(tenantId);
  }
}

/**
 * The tenant that a request acts for: that of a tenant's key; the named one for the platform.
 *
 * @param named TypeID from `X-Tenant-Id` or an event's `tenantId`, if any
 * @returns its UUID, which may not exist; `undefined` when the platform names none
 * @throws ApiError `tenant_mismatch`, `tenant_not_found`
 */
export function tenantOf(principal: Principal, named: string | undefined): string | undefined {
  const uuid = named === undefined ? undefined : fromTypeId('tenant', named);
  if (principal.tenantId !== null) {
    if (named !== undefined && uuid !== principal.tenantId) {
      throw new ApiError('tenant_mismatch');
    }
    return principal.tenantId;
  }
  if (named !== undefined && uuid === undefined) throw tenantNotFound();
  return uuid;
}

export function tenantNotFound(): ApiError {
  return new ApiError('tenant_not_found');
}
