import { fromTypeId, toTypeId, uuidV7 } from '@schoolbell/ids';
import { PERMISSIONS, TENANT_PERMISSIONS, type Permission } from '@schoolbell/identity';
import { hashApiKey, makeApiKey, prefixOfApiKey } from '../api-keys/api-key.js';
import type { Database } from '../../database/database.js';

/** What a new installation starts with. */
export interface FirstKeys {
  platformKey: string;
  /** TypeID. */
  tenantId: string;
  /** May do everything that a key of this tenant can. */
  tenantKey: string;
}

/** Nothing is stored yet: that is what {@link ensureFirstKeys} does. */
export function makeFirstKeys(): FirstKeys {
  return {
    platformKey: makeApiKey().key,
    tenantId: toTypeId('tenant', uuidV7()),
    tenantKey: makeApiKey().key,
  };
}

/**
 * Stores the first tenant and the first keys where they are missing. What is there stays as it is: a tenant
 * that was renamed, a key that was revoked.
 *
 * @throws Error when `keys` are not of the form that {@link makeFirstKeys} gives them
 */
export async function ensureFirstKeys(
  db: Database,
  keys: FirstKeys,
  tenantName: string,
): Promise<void> {
  const tenantId = fromTypeId('tenant', keys.tenantId);
  if (!tenantId) throw new Error(`"${keys.tenantId}" is not a tenant id.`);
  const apiKeys = [
    apiKeyRow(keys.platformKey, null, 'Platform', PERMISSIONS),
    apiKeyRow(keys.tenantKey, tenantId, 'First key', TENANT_PERMISSIONS),
  ];
  await db.prisma.$transaction([
    db.prisma.tenant.createMany({
      data: [{ id: tenantId, name: tenantName }],
      skipDuplicates: true,
    }),
    db.prisma.apiKey.createMany({ data: apiKeys, skipDuplicates: true }),
  ]);
}

function apiKeyRow(
  key: string,
  tenantId: string | null,
  name: string,
  permissions: readonly Permission[],
) {
  const prefix = prefixOfApiKey(key);
  if (!prefix) throw new Error(`The ${name.toLowerCase()} is not an API key.`);
  const hash = new Uint8Array(hashApiKey(key));
  return { id: uuidV7(), tenantId, name, prefix, hash, permissions: [...permissions] };
}
