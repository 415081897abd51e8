import type { LaunchOutcome, NewLaunch } from '@schoolbell/delivery';
import type { Pool } from 'pg';
import { TOKEN_LIFETIME } from './write-changes-statement.js';

const RENEW_ACCESS = `
UPDATE scorm_launches SET token_hash = $3, origin = $4, expires_at = now() + ${TOKEN_LIFETIME}
WHERE id = $1 AND tenant_id = $2
RETURNING expires_at`;

/** Gives a launch another token: whoever opens it again did not see the answer with the first one. */
export async function renewAccess(
  pool: Pool,
  launchId: string,
  { tenantId, access: { tokenHash, origin } }: NewLaunch,
): Promise<LaunchOutcome> {
  const values = [launchId, tenantId, tokenHash, origin];
  const { rows } = await pool.query<{ expires_at: Date }>(RENEW_ACCESS, values);
  if (!rows[0]) throw new Error('The launch was pruned while it was opened again: open it anew.');
  return { kind: 'launched', launchId, duplicate: true, expiresAt: rows[0].expires_at };
}
