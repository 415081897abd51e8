import type { Permission } from '@schoolbell/persistence';

/** A service or a developer, known by an API key. */
export interface ApiKeyPrincipal {
  kind: 'api_key';
  /** UUID of the key. */
  id: string;
  name: string;
  /** Null for the platform, which names the tenant that it acts for. */
  tenantId: string | null;
  permissions: ReadonlySet<Permission>;
}

/**
 * Who makes a request. Users of the dashboard, known by an access token, become a second member: their role
 * gives the permissions, and `tenantId` is that of their tenant.
 */
export type Principal = ApiKeyPrincipal;
