import type { FastifyRequest } from 'fastify';
import { ApiError } from '../http/api-error.js';
import type { Principal } from './principal.js';
import type { RouteAccess } from './route-access.js';
import { type TenantDirectory, tenantOf } from './tenant-directory.js';

type Guarded = Exclude<RouteAccess, { public: true }>;

/**
 * Checks the permission, finds the tenant, and sets `request.principal` and `request.tenantId`.
 *
 * @throws ApiError `permission_denied`, `tenant_mismatch`, `tenant_required`, `tenant_not_found`
 */
export function authorize(
  request: FastifyRequest,
  principal: Principal,
  access: Guarded,
  tenants: TenantDirectory,
): void | Promise<void> {
  // Before any refusal, since rejected posts are recorded with their principal.
  request.principal = principal;
  requirePermission(principal, access);
  const tenantId = tenantOf(principal, namedTenant(request));
  if (access.tenant === 'none') return;
  request.tenantId = tenantId ?? null;
  if (tenantId === undefined) {
    if (access.tenant === 'required') throw new ApiError('tenant_required');
    return;
  }
  if (principal.tenantId !== null) return;
  // The audit log of a tenant records when a platform user looks at it, so the tenant must exist.
  if (access.tenant === 'required' || principal.kind === 'user') {
    return tenants.requireExisting(tenantId);
  }
}

function requirePermission(principal: Principal, { permission, notForSupport }: Guarded): void {
  if (permission === 'user') {
    if (principal.kind === 'user') return;
    throw new ApiError(
      'permission_denied',
      'Only a user who is signed in may do this, not an API key.',
    );
  }
  if (principal.kind === 'user' && principal.mustEnrol) throw new ApiError('second_factor_missing');
  if (notForSupport && principal.kind === 'user' && principal.role === 'platform_support') {
    throw new ApiError(
      'permission_denied',
      'Your role may only read and retry: ask an administrator.',
    );
  }
  if (permission === 'any' || principal.permissions.has(permission)) return;
  throw new ApiError('permission_denied', `This needs the permission \`${permission}\`.`);
}

function namedTenant(request: FastifyRequest): string | undefined {
  const named = request.headers['x-tenant-id'];
  return Array.isArray(named) ? named[0] : named;
}
