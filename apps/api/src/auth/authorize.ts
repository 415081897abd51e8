import type { FastifyRequest } from 'fastify';
import { ApiError } from '../http/api-error.js';
import type { Principal } from './principal.js';
import type { RouteAccess } from './route-access.js';
import { type TenantDirectory, tenantOf } from './tenant-directory.js';

type Guarded = Exclude<RouteAccess, { public: true }>;

/**
 * Checks the permission and finds the tenant; `request.principal` and `request.tenantId` say so from then on.
 *
 * @throws ApiError `permission_denied`, `tenant_mismatch`, `tenant_required`, `tenant_not_found`
 */
export function authorize(
  request: FastifyRequest,
  principal: Principal,
  access: Guarded,
  tenants: TenantDirectory,
): void | Promise<void> {
  const { permission } = access;
  if (permission !== 'any' && !principal.permissions.has(permission)) {
    throw new ApiError('permission_denied', `This needs the permission \`${permission}\`.`);
  }
  const tenantId = tenantOf(principal, namedTenant(request));
  request.principal = principal;
  request.tenantId = tenantId ?? null;
  if (access.tenant !== 'required') return;
  if (tenantId === undefined) throw new ApiError('tenant_required');
  if (principal.tenantId === null) return tenants.requireExisting(tenantId);
}

function namedTenant(request: FastifyRequest): string | undefined {
  const named = request.headers['x-tenant-id'];
  return Array.isArray(named) ? named[0] : named;
}
