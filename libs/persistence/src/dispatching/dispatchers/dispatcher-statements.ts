import { sql, statement, step } from '../../steps/statement.js';

/** `$1` id, `$2` name, `$3` machine, `$4` process id, `$5` when the process was started */
export const ENROL_DISPATCHER = sql`
INSERT INTO dispatchers (id, name, machine, pid, process_started) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (id) DO NOTHING`;

/** Whatever a run held has ended by itself once it has said nothing for this long. */
const FORGOTTEN_AFTER = '1 day';

/** `$1` the id of a run that goes on. Those that said nothing for long are forgotten. */
export const SEE_DISPATCHER = statement(
  {
    forgotten: step(sql`
      DELETE FROM dispatchers WHERE seen_at < now() - interval '${FORGOTTEN_AFTER}' AND id <> $1`),
  },
  sql`UPDATE dispatchers SET seen_at = now() WHERE id = $1`,
);

/** Runs on the same machine, and those that had the same name before. `$1` own id, `$2` own name, `$3` machine */
export const OTHER_DISPATCHERS = sql`
SELECT d.id, d.pid, d.process_started AS "processStarted",
  coalesce(d.machine = $3, false) AS "onSameMachine",
  coalesce(d.name = $2 AND d.started_at < (SELECT started_at FROM dispatchers WHERE id = $1), false)
    AS "isPredecessor"
FROM dispatchers d
WHERE d.id <> $1 AND (d.machine = $3 OR d.name = $2)`;

/** `$1` the name of its connections */
export const IS_DISPATCHER_CONNECTED = sql`
SELECT EXISTS (
  SELECT FROM pg_stat_activity
  WHERE application_name = $1 AND datname = current_database()) AS connected`;

/** `$1` id */
export const STRIKE_OFF_DISPATCHER = sql`DELETE FROM dispatchers WHERE id = $1`;
