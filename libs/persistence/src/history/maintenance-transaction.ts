import type { ClientBase } from 'pg';

/** Of all dispatchers and migrations, one at a time changes partitions. */
const ADVISORY_LOCK = 72_707_370;

/**
 * Whoever waits for a table keeps all others waiting behind it, so this is how long we wait. Shorter than the
 * server takes to look for a deadlock (1 s): in one, it is us who give way.
 */
const LOCK_TIMEOUT_MS = 500;

const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Runs `work` in a transaction, as the only one to change partitions.
 *
 * @returns `busy` when another process does so, or when the tables could not be had: try again later
 */
export async function inMaintenance<T>(
  client: ClientBase,
  work: () => Promise<T>,
): Promise<T | 'busy'> {
  try {
    await client.query('BEGIN');
    await client.query(`SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}`);
    const { rows } = await client.query<{ ours: boolean }>(
      'SELECT pg_try_advisory_xact_lock($1) AS ours',
      [ADVISORY_LOCK],
    );
    const result = rows[0]?.ours ? await work() : 'busy';
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    if ((error as { code?: string }).code === LOCK_NOT_AVAILABLE) return 'busy';
    throw error;
  }
}
