import { PERMISSIONS, TENANT_PERMISSIONS, type Permission } from './permissions.js';

/** Roles of the users of a tenant. */
export const TENANT_ROLES = ['owner', 'developer', 'viewer'] as const;
export type TenantRole = (typeof TENANT_ROLES)[number];

/** Roles of the users of the platform: operators, and staff who help customers. */
export const PLATFORM_ROLES = ['platform_admin', 'platform_support'] as const;
export type PlatformRole = (typeof PLATFORM_ROLES)[number];

export type Role = TenantRole | PlatformRole;

const OF_OWNERS_ONLY: readonly Permission[] = ['users:write', 'audit:read'];

/** What each role may do; a test holds the table of `docs/people.md` against it. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  owner: TENANT_PERMISSIONS,
  // Of API keys, those that they made themselves.
  developer: TENANT_PERMISSIONS.filter((permission) => !OF_OWNERS_ONLY.includes(permission)),
  viewer: ['events:read', 'webhooks:read', 'deliveries:read', 'usage:read'],
  platform_admin: PERMISSIONS,
  platform_support: [
    'events:read',
    'webhooks:read',
    'deliveries:read',
    'deliveries:write',
    'usage:read',
    'audit:read',
    'platform:read',
  ],
};

/** Whether a user of this role belongs to the platform rather than to a tenant. */
export function isPlatformRole(role: Role): role is PlatformRole {
  return (PLATFORM_ROLES as readonly string[]).includes(role);
}
