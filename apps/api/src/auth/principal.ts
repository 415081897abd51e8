import type { Permission, Role } from '@schoolbell/identity';

interface Known {
  /** UUID of the key or user. */
  id: string;
  /** Of a key; a user's e-mail address. */
  name: string;
  /** Null for the platform, which names the tenant that it acts for. */
  tenantId: string | null;
  permissions: ReadonlySet<Permission>;
}

/** A service or a developer, known by an API key. */
export interface ApiKeyPrincipal extends Known {
  kind: 'api_key';
  /** Null for a key that lasts until it is revoked. */
  expiresAt: Date | null;
}

/** A user of the dashboard, known by an access token. */
export interface UserPrincipal extends Known {
  kind: 'user';
  role: Role;
  /** UUID of the session that the token is of. */
  sessionId: string;
  /** Their tenant demands a second factor, and they have none yet: all they may do is set one up. */
  mustEnrol: boolean;
}

/** Who makes a request. */
export type Principal = ApiKeyPrincipal | UserPrincipal;
