import { toTypeId } from '@schoolbell/ids';
import type { TenantRecord } from '@schoolbell/persistence';
import { ApiError } from '../http/api-error.js';

/** The `tenant_id` that receivers of the SCORM API know a tenant by: the same as in the body of its deliveries. */
export function knownTenantId({
  id,
  scormApiTenantId,
}: Pick<TenantRecord, 'id' | 'scormApiTenantId'>): string {
  return scormApiTenantId ?? toTypeId('tenant', id);
}

/**
 * @param named the `tenant_id` of a request; a tenant without one of its own may be named by its bare UUID too
 * @throws ApiError `tenant_mismatch` when it is another tenant's
 */
export function requireOwnTenantId(named: string | undefined, tenant: TenantRecord): void {
  const known = knownTenantId(tenant);
  const accepted = tenant.scormApiTenantId === null ? [known, tenant.id] : [known.toLowerCase()];
  if (named === undefined || accepted.includes(named.toLowerCase())) return;
  throw new ApiError('tenant_mismatch', `This key acts for the tenant_id ${known}.`);
}
