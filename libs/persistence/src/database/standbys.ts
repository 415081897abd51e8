import type { Pool } from 'pg';

/**
 * Whether a standby is attached although no commit waits for one. Needs no rights: what others may not read of
 * `pg_stat_replication` is null. Backups and logical replication are no standbys.
 */
const LOOK = `
SELECT EXISTS (
    SELECT FROM pg_stat_replication r
    WHERE coalesce(r.state, 'streaming') IN ('streaming', 'catchup')
      AND r.application_name !~ '^(pg_basebackup|pg_receivewal|barman)'
      AND NOT EXISTS (
        SELECT FROM pg_replication_slots s WHERE s.active_pid = r.pid AND s.slot_type = 'logical'))
  AND (current_setting('synchronous_standby_names') = ''
    OR current_setting('synchronous_commit') IN ('off', 'local')) AS found`;

/** True while the promotion of a standby would lose what was accepted last. */
export async function hasAsyncStandbyOnly(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ found: boolean }>(LOOK);
  return rows[0]!.found;
}
