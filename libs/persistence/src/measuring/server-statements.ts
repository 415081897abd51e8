import { AUDIT_LOG, defaultPartition, PARTITIONED_TABLES } from '../history/partition.js';
import { sql } from '../steps/statement.js';

const TABLES = [...PARTITIONED_TABLES, AUDIT_LOG] as const;

/** How many rows are in each default partition. `$1` how many to count at most. */
export const DEFAULT_ROWS = TABLES.map(
  (table) => sql`
  SELECT '${table}' AS "table", count(*)::float8 AS rows
  FROM (SELECT FROM ${defaultPartition(table)} LIMIT $1) counted`,
).join('\nUNION ALL\n');

/** Who may keep Postgres from clearing away rows that are gone. */
export const XMIN_HOLDERS = ['session', 'standby', 'slot', 'prepared'] as const;

/**
 * The oldest transaction whose view of the tables somebody still has, in transactions since. What sessions of others do
 * is shown to members of `pg_monitor` only.
 */
export const OLDEST_XMIN = sql`
SELECT h.held_by, max(age(h.xmin))::float8 AS transactions
FROM (
  SELECT 'session' AS held_by, backend_xmin AS xmin FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid()
  UNION ALL
  SELECT 'standby', backend_xmin FROM pg_stat_replication
  UNION ALL
  SELECT 'slot', xmin FROM pg_replication_slots
  UNION ALL
  SELECT 'prepared', transaction FROM pg_prepared_xacts WHERE database = current_database()
) h
WHERE h.xmin IS NOT NULL
GROUP BY 1`;

/** For how long the oldest open transaction of a session has been open. Null for none. */
export const OLDEST_TRANSACTION = sql`
SELECT extract(epoch FROM clock_timestamp() - min(xact_start))::float8 AS seconds
FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`;

/** How far each standby is behind, by its name; only members of `pg_monitor` are shown how far. */
export const STANDBYS = sql`
SELECT application_name AS standby, sync_state AS sync, count(*)::float8 AS standbys,
  max(CASE WHEN r.behind = 0 THEN 0 ELSE coalesce(extract(epoch FROM r.replay_lag), 0) END)::float8 AS seconds,
  max(r.behind)::float8 AS bytes
FROM (
  SELECT *, pg_wal_lsn_diff(
    CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END, replay_lsn) AS behind
  FROM pg_stat_replication
) r
WHERE r.behind IS NOT NULL
GROUP BY 1, 2`;
