import { createHash, randomBytes } from 'node:crypto';
import { toTypeId, uuidV7 } from '@schoolbell/delivery';
import type { TestDatabase } from './create-database.js';

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const PREFIX_LENGTH = 12;

export const ALL_PERMISSIONS = [
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
] as const;

export interface SeededTenant {
  /** TypeID. */
  tenantId: string;
  /** Plain UUID. */
  tenantUuid: string;
  tenantKey: string;
}

type Queryable = Pick<TestDatabase, 'query'>;

/** A tenant with a key that may do everything a tenant may. */
export async function seedTenant(
  database: Queryable,
  name = 'Acme Learning',
): Promise<SeededTenant> {
  const tenantUuid = uuidV7();
  await database.query('INSERT INTO tenants (id, name) VALUES ($1, $2)', [tenantUuid, name]);
  const tenantKey = await seedKey(database, { tenantUuid });
  return { tenantId: toTypeId('tenant', tenantUuid), tenantUuid, tenantKey };
}

/**
 * An API key; of the platform without a tenant.
 *
 * @returns the key in the clear
 */
export async function seedKey(
  database: Queryable,
  options: { tenantUuid?: string; permissions?: readonly string[] } = {},
): Promise<string> {
  const key = `sbk_${base58(randomBytes(32))}`;
  const prefix = key.slice('sbk_'.length, 'sbk_'.length + PREFIX_LENGTH);
  await database.query(
    `INSERT INTO api_keys (id, tenant_id, name, prefix, hash, permissions)
     VALUES ($1, $2, 'test', $3, $4, $5)`,
    [
      uuidV7(),
      options.tenantUuid ?? null,
      prefix,
      createHash('sha256').update(key).digest(),
      options.permissions ?? [...ALL_PERMISSIONS, ...(options.tenantUuid ? [] : ['platform'])],
    ],
  );
  return key;
}

function base58(bytes: Buffer): string {
  let number = BigInt(`0x${bytes.toString('hex')}`);
  let text = '';
  while (number > 0n) {
    text = ALPHABET[Number(number % 58n)] + text;
    number /= 58n;
  }
  return text;
}
