import type { Pool } from 'pg';

/** The columns of a webhook that are encrypted. */
export const ENCRYPTED = [
  'secret',
  'previous_secret',
  'authentication',
  'headers',
  'client_certificate',
] as const;

type EncryptedColumn = (typeof ENCRYPTED)[number];

/** Also of deleted webhooks: what an old key opens should not lie about. */
const NEXT = `
SELECT id, ${ENCRYPTED.join(', ')}, deleted_at IS NULL AS needed, previous_secret_expires_at > now() AS overlaps
FROM webhooks
WHERE id > $1 AND (${ENCRYPTED.map((column) => `NOT starts_with(${column}, $2)`).join(' OR ')})
ORDER BY id LIMIT $3`;

export interface OutdatedWebhook extends Record<EncryptedColumn, string | null> {
  id: string;
  /** False once it was deleted. */
  needed: boolean;
  /** Whether its previous secret still signs; null when there is none. */
  overlaps: boolean | null;
}

/** The next webhooks of which something was not encrypted with the current key. */
export async function nextOutdated(
  pool: Pool,
  after: string,
  currentPrefix: string,
  limit: number,
): Promise<OutdatedWebhook[]> {
  return (await pool.query<OutdatedWebhook>(NEXT, [after, currentPrefix, limit])).rows;
}

/** A ciphertext that takes the place of another. */
export interface Replacement {
  id: string;
  column: EncryptedColumn;
  from: string;
  to: string;
}

/**
 * A ciphertext is replaced only where the very one that was read is still there, so that no change is ever
 * undone; the version stays, since nothing changes for whoever sends. A webhook whose row somebody else has
 * locked is left for the next pass: recording attempts waits for the rows that we lock.
 */
const REPLACE = `
WITH change AS (
  SELECT id, ${ENCRYPTED.map(
    (column) => `min(was) FILTER (WHERE name = '${column}') AS ${column}_was,
    min(becomes) FILTER (WHERE name = '${column}') AS ${column}_becomes`,
  ).join(', ')}
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) AS c (id, name, was, becomes)
  GROUP BY id
),
ours AS MATERIALIZED (
  SELECT id FROM webhooks WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
)
UPDATE webhooks w
SET ${ENCRYPTED.map(
  (column) =>
    `${column} = CASE WHEN w.${column} = c.${column}_was THEN c.${column}_becomes ELSE w.${column} END`,
).join(', ')}
FROM change c JOIN ours o USING (id)
WHERE w.id = c.id`;

/** @returns of how many webhooks */
export async function replace(pool: Pool, replacements: readonly Replacement[]): Promise<number> {
  const { rowCount } = await pool.query(REPLACE, [
    replacements.map(({ id }) => id),
    replacements.map(({ column }) => column),
    replacements.map(({ from }) => from),
    replacements.map(({ to }) => to),
  ]);
  return rowCount ?? 0;
}
