import { joinColumns, type Column } from '../accepting/join-columns.js';
import { isRow } from '../steps/predicates.js';
import { sql, statement, step } from '../steps/statement.js';
import type { LockedAttempt } from './locked-attempt.js';
import type { LockedLaunch } from './locked-launch.js';

type NamedColumn<Row> = Column<Row> & { name: string; type: string };

/** A token ends this long after the last use that was noted. */
export const TOKEN_LIFETIME = "interval '24 hours'";

const ATTEMPTS: readonly NamedColumn<{ id: string; state?: string }>[] = [
  { name: 'id', type: 'uuid', of: ({ id }) => id },
  { name: 'state', type: 'text', of: ({ state }) => state },
];

const OPENED: readonly NamedColumn<LockedLaunch>[] = [
  { name: 'id', type: 'uuid', of: ({ id }) => id },
  { name: 'attempt_id', type: 'uuid', of: ({ attempt }) => attempt.id },
  { name: 'tenant_id', type: 'uuid', of: ({ attempt }) => attempt.tenantId },
  { name: 'session_id', type: 'text', of: ({ session }) => session.sessionId },
  { name: 'launch_key', type: 'text', of: ({ created }) => created?.launchKey },
  { name: 'number', type: 'integer', of: ({ number }) => String(number) },
  { name: 'session', type: 'text', of: ({ session }) => JSON.stringify(session) },
  { name: 'token_hash', type: 'bytea', of: ({ created }) => hexOf(created?.tokenHash) },
  { name: 'origin', type: 'text', of: ({ created }) => created?.origin },
  { name: 'committed', type: 'boolean', of: ({ wasCommitted }) => String(wasCommitted) },
  { name: 'terminated', type: 'boolean', of: ({ wasTerminated }) => String(wasTerminated) },
];

const TOUCHED: readonly NamedColumn<LockedLaunch>[] = [
  { name: 'id', type: 'uuid', of: ({ id }) => id },
  { name: 'terminated', type: 'boolean', of: ({ wasTerminated }) => String(wasTerminated) },
];

const COMPLETED: readonly NamedColumn<{ attempt: LockedAttempt; scoId: string }>[] = [
  { name: 'tenant_id', type: 'uuid', of: ({ attempt }) => attempt.tenantId },
  { name: 'registration_key', type: 'text', of: ({ attempt }) => attempt.registrationKey },
  { name: 'attempt', type: 'bigint', of: ({ attempt }) => String(attempt.number) },
  { name: 'sco_id', type: 'text', of: ({ scoId }) => scoId },
];

/** Where the parameters of each kind of row begin: a separator, then its columns. */
const AT = { attempts: 1, opened: 4, touched: 16, completed: 19 };

/**
 * What became of locked attempts and their launches. The state of an attempt, or when its last commit came; launches
 * that are new; when the last commit of others came, from which on their tokens live anew; completions to remember.
 */
export const WRITE_CHANGES = statement(
  {
    attempts_written: step(sql`
      UPDATE scorm_attempts a SET state = coalesce(c.state, a.state), last_commit_at = now()
      FROM ${rowsOf(ATTEMPTS, AT.attempts, 'c')}
      WHERE ${isRow('a.id', 'c.id')}`),
    launches_touched: step(sql`
      UPDATE scorm_launches l SET last_commit_at = now(),
        terminated_at = CASE WHEN t.terminated THEN now() ELSE l.terminated_at END,
        expires_at = CASE WHEN l.token_hash IS NOT NULL THEN now() + ${TOKEN_LIFETIME} END
      FROM ${rowsOf(TOUCHED, AT.touched, 't')}
      WHERE ${isRow('l.id', 't.id')}`),
    completions_remembered: step(sql`
      INSERT INTO scorm_completions (tenant_id, registration_key, attempt, sco_id)
      SELECT tenant_id, registration_key, attempt, coalesce(sco_id, '')
      FROM ${rowsOf(COMPLETED, AT.completed, 'c')}
      ON CONFLICT DO NOTHING`),
  },
  sql`
  INSERT INTO scorm_launches (id, attempt_id, tenant_id, session_id, launch_key, number, session,
    token_hash, origin, expires_at, last_commit_at, terminated_at)
  SELECT id, attempt_id, tenant_id, session_id, coalesce(launch_key, ''), number, session,
    token_hash, origin, CASE WHEN token_hash IS NOT NULL THEN now() + ${TOKEN_LIFETIME} END,
    CASE WHEN committed THEN now() END, CASE WHEN terminated THEN now() END
  FROM ${rowsOf(OPENED, AT.opened, 'o')}
  RETURNING expires_at`,
);

interface Changes {
  attempts: readonly LockedAttempt[];
  launches: readonly LockedLaunch[];
}

/** @returns `undefined` when there is nothing to write */
export function writeChangesStatement({ attempts, launches }: Changes):
  | {
      name: string;
      text: string;
      values: string[];
    }
  | undefined {
  const changed = attempts.flatMap(({ change }) => change ?? []);
  const opened = launches.filter(({ created }) => created);
  const touched = launches.filter(({ isTouched }) => isTouched);
  const completed = attempts.flatMap((attempt) =>
    attempt.newCompletions.map((scoId) => ({ attempt, scoId })),
  );
  if (changed.length + opened.length + touched.length + completed.length === 0) return undefined;
  const values = [
    ...joinColumns(changed, ATTEMPTS),
    ...joinColumns(opened, OPENED),
    ...joinColumns(touched, TOUCHED),
    ...joinColumns(completed, COMPLETED),
  ];
  return { name: 'scorm_write_changes', text: WRITE_CHANGES, values };
}

/** @param at the parameter with the separator */
function rowsOf(columns: readonly NamedColumn<never>[], at: number, alias: string): string {
  const arrays = columns.map(
    ({ type }, i) => `string_to_array($${at + i + 1}, $${at}, '')::${type}[]`,
  );
  return sql`
    unnest(
      ${arrays.join(',\n')}
    ) AS ${alias} (${columns.map(({ name }) => name).join(', ')})`;
}

function hexOf(bytes: Buffer | undefined): string | undefined {
  return bytes && `\\x${bytes.toString('hex')}`;
}
