import type { Pool } from 'pg';

const ORIGIN_OF = 'SELECT origin FROM scorm_launches WHERE token_hash = $1 AND expires_at > now()';

/** @returns the origin whose pages may commit with this token; `undefined` for an unknown or expired token */
export async function originOf(
  pool: Pool,
  tokenHash: Buffer,
): Promise<{ origin: string | null } | undefined> {
  const { rows } = await pool.query<{ origin: string | null }>({
    name: 'scorm_origin_of',
    text: ORIGIN_OF,
    values: [tokenHash],
  });
  return rows[0];
}
