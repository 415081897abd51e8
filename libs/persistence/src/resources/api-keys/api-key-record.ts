import type { Permission } from '@schoolbell/identity';

/** An API key as it is stored and listed: without the key. */
export interface ApiKeyRecord {
  id: string;
  /** Null for a platform key. */
  tenantId: string | null;
  name: string;
  prefix: string;
  permissions: Permission[];
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  createdAt: Date;
  /** TypeID of the user or key that made it; null for the first keys of an installation, and older ones. */
  createdBy: string | null;
}
