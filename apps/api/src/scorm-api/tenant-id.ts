import { toTypeId } from '@schoolbell/ids';
import type { TenantRecord } from '@schoolbell/persistence';
import { ApiError } from '../http/api-error.js';

/** The `tenant_id` by which receivers of the SCORM API know a tenant: the same as in its deliveries. */
export function knownTenantId({
  id,
  scormApiTenantId,
}: Pick<TenantRecord, 'id' | 'scormApiTenantId'>): string {
  return scormApiTenantId ?? toTypeId('tenant', id);
}

/**
 * @param named the `tenant_id` of a request; a tenant without one may also be named by its bare UUID
 * @throws ApiError `tenant_mismatch` if it names another tenant
 */
export function requireOwnTenantId(named: string | undefined, tenant: TenantRecord): void {
  const known = knownTenantId(tenant);
  const accepted = tenant.scormApiTenantId === null ? [known, tenant.id] : [known.toLowerCase()];
  if (named === undefined || accepted.includes(named.toLowerCase())) return;
  throw new ApiError('tenant_mismatch', `This key acts for the tenant_id ${known}.`);
}
