import type { Pool } from 'pg';

/** What is encrypted of users: second factors, and links that wait in e-mails. */
export const USER_SECRETS = [
  { table: 'users', column: 'totp_secret', userId: 'id', needed: 'true' },
  { table: 'user_tokens', column: 'sealed_token', userId: 'user_id', needed: 'expires_at > now()' },
] as const;

export type UserSecrets = (typeof USER_SECRETS)[number];

export interface OutdatedUserSecret {
  id: string;
  userId: string;
  ciphertext: string;
  /** False for a link that has expired. */
  needed: boolean;
}

/** The next ones that were not encrypted with the current key. */
export async function nextOutdated(
  pool: Pool,
  { table, column, userId, needed }: UserSecrets,
  after: string,
  currentPrefix: string,
  limit: number,
): Promise<OutdatedUserSecret[]> {
  const text = `
    SELECT id, ${userId} AS "userId", ${column} AS ciphertext, ${needed} AS needed
    FROM ${table} WHERE id > $1 AND NOT starts_with(${column}, $2) ORDER BY id LIMIT $3`;
  return (await pool.query<OutdatedUserSecret>(text, [after, currentPrefix, limit])).rows;
}

/** A ciphertext that takes the place of another. */
export interface Replacement {
  id: string;
  from: string;
  to: string;
}

/** A ciphertext is replaced only where the very one that was read is still there, so that no change is ever undone. */
export async function replace(
  pool: Pool,
  { table, column }: UserSecrets,
  replacements: readonly Replacement[],
): Promise<number> {
  const text = `
    UPDATE ${table} t SET ${column} = c.becomes
    FROM unnest($1::uuid[], $2::text[], $3::text[]) AS c (id, was, becomes)
    WHERE t.id = c.id AND t.${column} = c.was`;
  const { rowCount } = await pool.query(text, [
    replacements.map(({ id }) => id),
    replacements.map(({ from }) => from),
    replacements.map(({ to }) => to),
  ]);
  return rowCount ?? 0;
}
