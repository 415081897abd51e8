import type { Pool, PoolClient } from 'pg';
import { StandbyError } from './standby-error.js';

/**
 * A real write that leaves nothing behind: a message in the WAL, whose transaction commits like that of an event.
 * Null on a standby, or when transactions are read-only.
 */
const WRITE = `
SELECT CASE WHEN pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean THEN NULL
  ELSE pg_logical_emit_message(true, 'schoolbell.ready', '') END AS written`;

/**
 * Whether Postgres takes writes, by writing; about 30 µs of work, and the flush of its commit.
 *
 * A connection may stay read-only, or lead to a server that is a standby by now: such a one is closed, and the
 * next look begins with another.
 *
 * @throws what Postgres says when it cannot be asked, or cannot write
 */
export async function takesWrites(pool: Pool): Promise<boolean> {
  try {
    return await writesOn(await pool.connect());
  } catch (error) {
    if (error instanceof StandbyError) return false;
    throw error;
  }
}

async function writesOn(client: PoolClient): Promise<boolean> {
  let closing: Error | boolean = true;
  try {
    const { rows } = await client.query<{ written: string | null }>(WRITE);
    closing = rows[0]?.written === null;
    return !closing;
  } finally {
    client.release(closing);
  }
}
