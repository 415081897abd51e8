/**
 * What an API key or a role may do. `platform` covers what only the operator does, such as making tenants,
 * and is for platform keys alone.
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
] as const;

export type Permission = (typeof PERMISSIONS)[number];

/** All that a key of a tenant can have. */
export const TENANT_PERMISSIONS: readonly Permission[] = PERMISSIONS.filter(
  (permission) => permission !== 'platform',
);

export function isPermission(text: string): text is Permission {
  return (PERMISSIONS as readonly string[]).includes(text);
}
