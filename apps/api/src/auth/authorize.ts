import type { FastifyRequest } from 'fastify';
import { ApiError } from '../http/api-error.js';
import { authorOf } from './author-of.js';
import type { Principal } from './principal.js';
import type { RouteAccess } from './route-access.js';
import { type TenantDirectory, tenantOf } from './tenant-directory.js';
import type { TenantLooks } from './tenant-looks.js';

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
  looks: TenantLooks,
): void | Promise<void> {
  requirePermission(principal, access);
  const tenantId = tenantOf(principal, namedTenant(request));
  request.principal = principal;
  request.tenantId = tenantId ?? null;
  if (access.tenant === 'none') return;
  if (tenantId === undefined) {
    if (access.tenant === 'required') throw new ApiError('tenant_required');
    return;
  }
  if (principal.tenantId !== null) return;
  if (principal.kind === 'user') return lookAt(request, principal, tenantId, tenants, looks);
  if (access.tenant === 'required') return tenants.requireExisting(tenantId);
}

/** A user of the platform reads what is a tenant's. */
async function lookAt(
  request: FastifyRequest,
  principal: Principal,
  tenantId: string,
  tenants: TenantDirectory,
  looks: TenantLooks,
): Promise<void> {
  await tenants.requireExisting(tenantId);
  if (request.method !== 'GET' && request.method !== 'HEAD') return;
  await looks.note(principal, tenantId, () => authorOf(request));
}

function requirePermission(principal: Principal, { permission }: Guarded): void {
  if (permission === 'user') {
    if (principal.kind === 'user') return;
    throw new ApiError(
      'permission_denied',
      'This is for users who signed in: no API key may do it.',
    );
  }
  if (principal.kind === 'user' && principal.mustEnrol) throw new ApiError('second_factor_missing');
  if (permission === 'any' || principal.permissions.has(permission)) return;
  throw new ApiError('permission_denied', `This needs the permission \`${permission}\`.`);
}

function namedTenant(request: FastifyRequest): string | undefined {
  const named = request.headers['x-tenant-id'];
  return Array.isArray(named) ? named[0] : named;
}
