import type { Permission, Role } from '@schoolbell/identity';

interface Known {
  /** UUID of the key or user. */
  id: string;
  /** A key's name; a user's e-mail address. */
  name: string;
  /** Null for the platform, which names the tenant in each request. */
  tenantId: string | null;
  permissions: ReadonlySet<Permission>;
}

/** A service or a developer, identified by an API key. */
export interface ApiKeyPrincipal extends Known {
  kind: 'api_key';
  /** Null for a key that lasts until it is revoked. */
  expiresAt: Date | null;
}

/** A user of the dashboard, identified by an access token. */
export interface UserPrincipal extends Known {
  kind: 'user';
  role: Role;
  /** UUID of the token's session. */
  sessionId: string;
  /** Their tenant requires a second factor, and they have none yet: they may only set one up. */
  mustEnrol: boolean;
}

/** The sender of a request. */
export type Principal = ApiKeyPrincipal | UserPrincipal;
