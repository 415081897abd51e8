/**
 * What an API key or a role may do. `platform` covers what only the operator does, such as making tenants, and
 * `platform:read` looking at them; no key of a tenant has these two.
 */
export const PERMISSIONS = [
  'events:write',
  'events:read',
  'webhooks:read',
  'webhooks:write',
  'secrets:read',
  'deliveries:read',
  'deliveries:write',
  'keys:write',
  'users:write',
  'audit:read',
  'usage:read',
  'platform',
  'platform:read',
] as const;

export type Permission = (typeof PERMISSIONS)[number];

/** All that a key of a tenant can have. */
export const TENANT_PERMISSIONS: readonly Permission[] = PERMISSIONS.filter(
  (permission) => !permission.startsWith('platform'),
);

/**
 * Reads what is stored of a key's permissions. A name that this version does not know grants nothing; a key that may
 * change what is the platform's may also look at it.
 */
export function readPermissions(stored: readonly string[]): Permission[] {
  const known = PERMISSIONS.filter((permission) => stored.includes(permission));
  return known.includes('platform') && !known.includes('platform:read')
    ? [...known, 'platform:read']
    : known;
}
