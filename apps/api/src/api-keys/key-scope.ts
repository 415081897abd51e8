import { toTypeId } from '@schoolbell/ids';
import type { Permission } from '@schoolbell/identity';
import type { KeyScope } from '@schoolbell/persistence';
import type { Principal } from '../auth/principal.js';
import { ApiError } from '../http/api-error.js';

/** Which keys a principal may manage: developers those that they created, everybody else all keys of the tenant. */
export function keyScope(principal: Principal, tenantId: string): KeyScope {
  return isDeveloper(principal)
    ? { tenantId, createdBy: toTypeId('user', principal.id) }
    : { tenantId };
}

/**
 * Nobody creates a key that may do more than they may themselves. `keys:write` lets a key manage the keys of others, so
 * a developer cannot give it away.
 *
 * @throws ApiError `permission_denied`
 */
export function requireOwnPermissions(
  principal: Principal,
  permissions: readonly Permission[],
): void {
  const isOwn = (permission: Permission): boolean =>
    principal.permissions.has(permission) &&
    !(permission === 'keys:write' && isDeveloper(principal));
  const errors = permissions.flatMap((permission, i) =>
    isOwn(permission)
      ? []
      : [{ path: `permissions[${i}]`, message: `${yours(principal)} ${permission}` }],
  );
  if (errors.length === 0) return;
  throw new ApiError('permission_denied', 'A key cannot have permissions that its creator lacks.', {
    errors,
  });
}

function yours({ kind }: Principal): string {
  return kind === 'api_key' ? 'the key of this request does not have' : 'your role cannot grant';
}

function isDeveloper(principal: Principal): boolean {
  return principal.kind === 'user' && principal.role === 'developer';
}
