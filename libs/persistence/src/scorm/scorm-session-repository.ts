import type { EventRecord, ScormSession } from '@schoolbell/delivery';
import { timeOfUuidV7 } from '@schoolbell/ids';
import type { AttemptState } from '@schoolbell/scorm';
import type { Database } from '../database/database.js';
import { readListOnSnapshot, type ReadRows } from '../database/read-list.js';
import { Prisma } from '../generated/client.js';
import { closedAt } from './closed-at.js';
import type {
  ScormAttemptRecord,
  ScormLaunchRecord,
  ScormSessionRecord,
} from './session-record.js';

const MOST_LAUNCHES = 100;
const MOST_EVENTS = 100;

interface LaunchRow {
  id: string;
  attemptId: string;
  launchKey: string;
  number: number;
  session: string;
  lastCommitAt: Date | null;
  terminatedAt: Date | null;
  expiresAt: Date | null;
  now: Date;
}

interface AttemptRow {
  id: string;
  attempt: number;
  state: string;
  lastCommitAt: Date;
  completions: { scoId: string; completedAt: string }[] | null;
}

/** Reads what followed from a session's commits. Nothing here sees another tenant's data. */
export class ScormSessionRepository {
  constructor(private readonly db: Pick<Database, 'listPool'>) {}

  /** @returns `undefined` for a session of which no launch is known. @throws ListTooSlowError */
  async find(tenantId: string, sessionId: string): Promise<ScormSessionRecord | undefined> {
    return readListOnSnapshot(this.db, tenantId, async (rows) => {
      const launches = await launchesOf(rows, tenantId, sessionId);
      if (launches.length === 0) return undefined;
      const attempts = await attemptsOf(rows, tenantId, launches);
      const newestEvents = await eventsOf(rows, tenantId, sessionId);
      return {
        attempts,
        events: newestEvents.slice(0, MOST_EVENTS).toReversed(),
        hasOlderEvents: newestEvents.length > MOST_EVENTS,
      };
    });
  }
}

/** Newest first. */
function launchesOf(rows: ReadRows, tenantId: string, sessionId: string): Promise<LaunchRow[]> {
  return rows(Prisma.sql`
    SELECT id, attempt_id AS "attemptId", launch_key AS "launchKey", number, session,
      last_commit_at AS "lastCommitAt", terminated_at AS "terminatedAt", expires_at AS "expiresAt",
      now() AS now
    FROM scorm_launches
    WHERE tenant_id = ${tenantId}::uuid AND session_id = ${sessionId}
    ORDER BY id DESC LIMIT ${MOST_LAUNCHES}`);
}

/** Newest first. */
async function attemptsOf(
  rows: ReadRows,
  tenantId: string,
  launches: readonly LaunchRow[],
): Promise<ScormAttemptRecord[]> {
  const ids = [...new Set(launches.map(({ attemptId }) => attemptId))];
  const attempts = await rows<AttemptRow>(Prisma.sql`
    SELECT a.id, a.attempt, a.state, a.last_commit_at AS "lastCommitAt",
      (SELECT json_agg(json_build_object('scoId', c.sco_id, 'completedAt', c.completed_at)
         ORDER BY c.completed_at, c.sco_id)
       FROM scorm_completions c
       WHERE c.tenant_id = a.tenant_id AND c.registration_key = a.registration_key
         AND c.attempt = a.attempt) AS completions
    FROM scorm_attempts a WHERE a.id = ANY (${ids}::uuid[]) AND a.tenant_id = ${tenantId}::uuid
    ORDER BY a.attempt DESC, a.id DESC`);
  return attempts.map(({ id, attempt, state, lastCommitAt, completions }) => ({
    attempt,
    state: JSON.parse(state) as AttemptState,
    lastCommitAt,
    completions: (completions ?? []).map(({ scoId, completedAt }) => ({
      scoId,
      completedAt: new Date(completedAt),
    })),
    launches: launches.filter(({ attemptId }) => attemptId === id).map(launchRecord),
  }));
}

function launchRecord({ session, now, terminatedAt, ...row }: LaunchRow): ScormLaunchRecord {
  const { id, launchKey, number, lastCommitAt, expiresAt } = row;
  const openedAt = new Date(timeOfUuidV7(id));
  return {
    id,
    launchKey,
    number,
    session: JSON.parse(session) as ScormSession,
    openedAt,
    lastCommitAt,
    closedAt: closedAt({ openedAt, lastCommitAt, terminatedAt }, now),
    expiresAt,
  };
}

/** Newest first, one more than are shown. */
function eventsOf(rows: ReadRows, tenantId: string, sessionId: string): Promise<EventRecord[]> {
  // First all of the session: the planner may not look for its events among all of the tenant's instead.
  return rows(Prisma.sql`
    WITH of_session AS MATERIALIZED (
      SELECT id FROM events WHERE session_id = ${sessionId} AND tenant_id = ${tenantId}::uuid
    )
    SELECT id, tenant_id AS "tenantId", type, occurred_at AS "occurredAt",
      accepted_at AS "acceptedAt", payload
    FROM events
    WHERE id IN (SELECT id FROM of_session ORDER BY id DESC LIMIT ${MOST_EVENTS + 1})
    ORDER BY id DESC`);
}
