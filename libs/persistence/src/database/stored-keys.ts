import type { Pool } from 'pg';
import { createPool } from './pools.js';
import type { DatabaseOptions } from './database.js';
import { SecretBox } from './encryption.js';

/** Secrets in the database that none of our keys decrypts. */
export class MissingEncryptionKeysError extends Error {
  readonly code = 'encryption_keys_missing';

  /** @param keyIds as they are in the ciphertexts; they tell nothing about the keys */
  constructor(
    readonly keyIds: readonly string[],
    ours: readonly string[],
  ) {
    super(
      `Secrets in the database were encrypted with ${named(keyIds)}, which ENCRYPTION_KEY does not have ` +
        `(it has ${named(ours)}). Add what is missing after a comma; docs/operating/keys.md says what to do when it is lost.`,
    );
    this.name = 'MissingEncryptionKeysError';
  }
}

/** Of webhooks that are there, what would be decrypted to send to them. */
const KEYS_OF_WEBHOOKS = `
SELECT split_part(left(s.ciphertext, 32), ':', 2) AS id, count(DISTINCT w.id) AS count
FROM webhooks w
CROSS JOIN LATERAL unnest(ARRAY[w.secret, w.authentication, w.headers, w.client_certificate,
  CASE WHEN w.previous_secret_expires_at > now() THEN w.previous_secret END]) AS s (ciphertext)
WHERE w.deleted_at IS NULL
GROUP BY 1 ORDER BY 1`;

/** Second factors, and links that can still be used. */
const KEYS_OF_USERS = `
SELECT split_part(left(s.ciphertext, 32), ':', 2) AS id, count(DISTINCT s.user_id) AS count
FROM (
  SELECT id AS user_id, totp_secret AS ciphertext FROM users
  UNION ALL
  SELECT user_id, sealed_token FROM user_tokens WHERE expires_at > now()
) s
WHERE s.ciphertext IS NOT NULL
GROUP BY 1 ORDER BY 1`;

/** A row that was damaged has no place in this: it is a matter of its own webhook. */
const KEY_ID = /^[0-9a-f]{8}$/;

/** Of a database before the migration that keeps such secrets: no table, or no column. */
const NOT_KEPT_YET = ['42P01', '42703'];

/**
 * Makes sure that the secrets in the database can be read: with a wrong key, every delivery would fail because of us.
 * For the start of a process, on a connection of its own.
 *
 * @throws MissingEncryptionKeysError
 * @throws what `isDatabaseUnavailable` knows, when it cannot be asked
 */
export async function requireEncryptionKeys(
  options: Pick<DatabaseOptions, 'url' | 'encryptionKeys'>,
): Promise<void> {
  const { keyIds } = new SecretBox(options.encryptionKeys);
  const stored = await storedKeyIds(options.url);
  const missing = stored.filter((id) => !keyIds.includes(id));
  if (missing.length > 0) throw new MissingEncryptionKeysError(missing.toSorted(), keyIds);
}

/** A key that something in the database needs. */
export interface StoredKey {
  id: string;
  /** How many webhooks need it, to be sent to. */
  webhooks: number;
  /** How many users need it, for their second factor or a link. */
  users: number;
}

export async function readStoredKeys(pool: Pool): Promise<StoredKey[]> {
  const webhooks = await countByKey(pool, KEYS_OF_WEBHOOKS);
  const users = await countByKey(pool, KEYS_OF_USERS);
  const ids = [...new Set([...webhooks.keys(), ...users.keys()])].toSorted();
  return ids.map((id) => ({ id, webhooks: webhooks.get(id) ?? 0, users: users.get(id) ?? 0 }));
}

async function countByKey(pool: Pool, query: string): Promise<Map<string, number>> {
  try {
    const { rows } = await pool.query<{ id: string; count: number }>(query);
    const known = rows.filter(({ id }) => KEY_ID.test(id));
    return new Map(known.map(({ id, count }) => [id, Number(count)]));
  } catch (error) {
    if (NOT_KEPT_YET.includes((error as { code?: string }).code ?? '')) return new Map();
    throw error;
  }
}

async function storedKeyIds(url: string): Promise<string[]> {
  const pool = createPool({
    url,
    size: 1,
    applicationName: 'schoolbell-start',
    onConnectionError: () => undefined,
  });
  try {
    return (await readStoredKeys(pool)).map(({ id }) => id);
  } finally {
    await pool.end();
  }
}

function named(keyIds: readonly string[]): string {
  return `the ${keyIds.length === 1 ? 'key' : 'keys'} ${keyIds.join(', ')}`;
}
