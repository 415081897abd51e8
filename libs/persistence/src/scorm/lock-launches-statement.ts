import { joinColumns, type Column } from '../accepting/join-columns.js';
import { isRow } from '../steps/predicates.js';
import { columnList, materialized, sql, statement, step } from '../steps/statement.js';
import type { LaunchSource, ServerSource } from './launch-source.js';

export interface Wanted {
  source: LaunchSource;
  /** Of an attempt that a server commits to, in case that it is not known yet. */
  newAttemptId: string | undefined;
}

/** `$1` is the separator; the columns of what is wanted follow, each joined into one text. */
const COLUMNS: readonly (Column<Wanted> & { name: string; type: string })[] = [
  { name: 'token_hash', type: 'bytea', of: ({ source }) => hashOf(source) },
  { name: 'tenant_id', type: 'uuid', of: ({ source }) => ofServer(source)?.tenantId },
  { name: 'registration_key', type: 'text', of: ({ source }) => ofServer(source)?.registrationKey },
  { name: 'attempt', type: 'bigint', of: ({ source }) => ofServer(source)?.attempt.toString() },
  { name: 'session_id', type: 'text', of: ({ source }) => ofServer(source)?.session.sessionId },
  { name: 'launch_key', type: 'text', of: ({ source }) => ofServer(source)?.launchKey },
  { name: 'new_attempt_id', type: 'uuid', of: ({ newAttemptId }) => newAttemptId },
];

const NAMES = columnList([...COLUMNS.map(({ name }) => name), 'ord']);
const ARRAYS = COLUMNS.map(({ type }, i) => `string_to_array($${i + 2}, $1, '')::${type}[]`).join(
  ',\n',
);

const OF_THE_ATTEMPT = sql`
  a.tenant_id = w.tenant_id AND a.registration_key = w.registration_key AND a.attempt = w.attempt`;

/** Whoever waits for an attempt that another transaction makes has locked none yet that the other one may want. */
const ALL_ARE_MADE = '(SELECT count(*) FROM made) >= 0';

const IS_MADE = 'f.new_attempt_id IN (SELECT id FROM made)';

/** What a commit that changes nothing writes once a minute. */
function isIdle(time: string): string {
  return `coalesce(${time} < now() - interval '1 minute', true)`;
}

/**
 * Looks launches up and locks their attempts. Attempts of which nothing is known are made first; their state is written
 * later in the same transaction. Then those that are known are locked in the order of their ids, so that two of these do
 * not wait for each other.
 *
 * A state is that of the moment in which its lock was had; launches and new attempts are those of the moment in which
 * the statement began.
 */
export const LOCK_LAUNCHES = statement(
  {
    wanted: materialized(sql`
      SELECT * FROM unnest(
        ${ARRAYS}
      ) WITH ORDINALITY AS w (
        ${NAMES}
      )`),
    made: step(sql`
      INSERT INTO scorm_attempts (id, tenant_id, registration_key, attempt)
      SELECT DISTINCT w.new_attempt_id, w.tenant_id, w.registration_key, w.attempt
      FROM wanted w
      JOIN tenants t ON ${isRow('t.id', 'w.tenant_id')}
      WHERE (
        SELECT a.id FROM scorm_attempts a
        WHERE ${OF_THE_ATTEMPT}
        LIMIT 1) IS NULL
      ORDER BY w.tenant_id, w.registration_key, w.attempt
      ON CONFLICT DO NOTHING
      RETURNING id`),
    found: materialized(sql`
      SELECT w.ord, w.tenant_id, w.registration_key, w.attempt, w.new_attempt_id, a.id AS attempt_id,
        l.id AS launch_id, l.number, l.session, l.is_launch_idle
      FROM wanted w
      LEFT JOIN LATERAL (
        SELECT a.id FROM scorm_attempts a
        WHERE ${OF_THE_ATTEMPT}
        LIMIT 1
      ) a ON true
      LEFT JOIN LATERAL (
        SELECT l.id, l.number, l.session, ${isIdle('l.last_commit_at')} AS is_launch_idle
        FROM scorm_launches l
        WHERE l.attempt_id = a.id AND l.session_id = w.session_id
          AND l.launch_key = coalesce(w.launch_key, '')
        LIMIT 1
      ) l ON true
      WHERE w.token_hash IS NULL AND ${ALL_ARE_MADE}
      UNION ALL
      SELECT w.ord, l.tenant_id, NULL, NULL, NULL, l.attempt_id,
        l.id, l.number, l.session, ${isIdle('l.last_commit_at')}
      FROM wanted w
      JOIN scorm_launches l ON ${isRow('l.token_hash', 'w.token_hash')}
      WHERE l.expires_at > now()`),
  },
  sql`
  SELECT f.ord, t.id AS tenant_id,
    t.scorm_completion_on_failed AS completion_on_failed, t.scorm_apply_thresholds AS apply_thresholds,
    coalesce(a.id, CASE WHEN ${IS_MADE} THEN f.new_attempt_id END) AS attempt_id,
    coalesce(a.registration_key, f.registration_key) AS registration_key,
    coalesce(a.attempt, f.attempt) AS attempt,
    coalesce(${IS_MADE}, false) AS is_made, a.state, ${isIdle('a.last_commit_at')} AS is_idle,
    (SELECT max(newest.attempt) FROM scorm_attempts newest
     WHERE newest.tenant_id = t.id AND newest.state IS NOT NULL
       AND newest.registration_key = coalesce(a.registration_key, f.registration_key))
      AS newest_attempt,
    CASE WHEN f.launch_id IS NULL THEN (
      SELECT json_agg(json_build_object('scoId', c.sco_id, 'launches', c.launch_keys))
      FROM scorm_completions c
      WHERE c.tenant_id = f.tenant_id AND c.registration_key = f.registration_key
        AND c.attempt = f.attempt)
    END AS remembered,
    f.launch_id, f.number, f.session, f.is_launch_idle
  FROM (SELECT * FROM found ORDER BY attempt_id) f
  JOIN tenants t ON ${isRow('t.id', 'f.tenant_id')}
  LEFT JOIN LATERAL (
    SELECT * FROM scorm_attempts a WHERE a.id = f.attempt_id LIMIT 1 FOR NO KEY UPDATE
  ) a ON true`,
);

/** A completion that is remembered of an attempt whose state has gone. */
interface Remembered {
  scoId: string;
  /** The launches that the attempt had had: the session's id, a line end, and the launch's own id. */
  launches: string[];
}

/** One for each source whose tenant or token is known. */
export interface LockedRow {
  /** Counts what was wanted from 1. */
  ord: number;
  tenant_id: string;
  completion_on_failed: boolean;
  apply_thresholds: boolean;
  /** Null where another transaction made the attempt, or let go of it, in the meantime. */
  attempt_id: string | null;
  registration_key: string;
  attempt: number;
  is_made: boolean;
  /** Null for an attempt that is new in this transaction. */
  state: string | null;
  is_idle: boolean;
  /** Of the registration, without those that are new in this transaction. */
  newest_attempt: number | null;
  /** Looked up for a launch that is not known. */
  remembered: Remembered[] | null;
  launch_id: string | null;
  number: number | null;
  session: string | null;
  is_launch_idle: boolean | null;
}

export function lockLaunchesStatement(wanted: readonly Wanted[]): {
  name: string;
  text: string;
  values: string[];
} {
  return {
    name: 'scorm_lock_launches',
    text: LOCK_LAUNCHES,
    values: joinColumns(wanted, COLUMNS),
  };
}

function hashOf(source: LaunchSource): string | undefined {
  return source.kind === 'token' ? `\\x${source.tokenHash.toString('hex')}` : undefined;
}

function ofServer(source: LaunchSource): ServerSource | undefined {
  return source.kind === 'server' ? source : undefined;
}
