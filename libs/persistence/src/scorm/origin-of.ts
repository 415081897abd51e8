import type { LaunchOrigin } from '@schoolbell/delivery';
import type { Pool } from 'pg';

const ORIGIN_OF = `
SELECT tenant_id AS "tenantId", origin FROM scorm_launches
WHERE token_hash = $1 AND expires_at > now()`;

/** @returns `undefined` for an unknown or expired token */
export async function originOf(pool: Pool, tokenHash: Buffer): Promise<LaunchOrigin | undefined> {
  const { rows } = await pool.query<LaunchOrigin>({
    name: 'scorm_origin_of',
    text: ORIGIN_OF,
    values: [tokenHash],
  });
  return rows[0];
}
