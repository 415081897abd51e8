import type { Role } from '@schoolbell/api-client';

export const ROLE_WORDS: Record<Role, { label: string; note: string }> = {
  owner: { label: 'Owner', note: 'Everything, users and the audit log included' },
  developer: { label: 'Developer', note: 'Webhooks, secrets, deliveries, and their own API keys' },
  viewer: { label: 'Viewer', note: 'Reads; no secrets' },
  platform_admin: { label: 'Platform admin', note: 'All tenants, and everything in them' },
  platform_support: { label: 'Platform support', note: 'Reads and retries in all tenants' },
};

const OF_TENANT = ['owner', 'developer', 'viewer'] as const;
const OF_PLATFORM = ['platform_admin', 'platform_support'] as const;

/** The roles of a tenant's users, or of the platform's. */
export function rolesOf(tenantId: string | undefined) {
  const roles: readonly Role[] = tenantId === undefined ? OF_PLATFORM : OF_TENANT;
  return roles.map((value) => ({ value, ...ROLE_WORDS[value] }));
}
