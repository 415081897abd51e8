import { randomBytes } from 'node:crypto';
import { uuidV7 } from '@schoolbell/ids';
import {
  type CommitOutcome,
  type CommitSource,
  type IncomingCommit,
  type IntakeBounds,
  type NewLaunch,
  type ScormReport,
  type ScormSession,
} from '@schoolbell/delivery';
import { openDatabase, PostgresScormIntake, type Database } from '@schoolbell/persistence';
import { NEW_ATTEMPT, readCommit, type AttemptState, type CmiCommit } from '@schoolbell/scorm';
import { it } from 'vitest';
import { closing, createDatabase, seedTenant, type TestDatabase } from '../../support/index.js';

export interface EmittedEvent {
  type: string;
  data: Record<string, unknown>;
}

/** A database with an intake, and short ways to commit and to look at the results. */
export class ScormFixtures {
  readonly intake: PostgresScormIntake;
  private readonly others: Database[] = [];

  private constructor(
    readonly database: TestDatabase,
    readonly db: Database,
  ) {
    this.intake = new PostgresScormIntake(db);
  }

  static async open(): Promise<ScormFixtures> {
    const database = await createDatabase();
    return new ScormFixtures(database, databaseOf(database));
  }

  async close(): Promise<void> {
    await Promise.all([this.db, ...this.others].map((db) => db.close()));
    await this.database.drop();
  }

  /** The intake of another API on the same database. */
  anotherIntake(): PostgresScormIntake {
    const db = databaseOf(this.database);
    this.others.push(db);
    return new PostgresScormIntake(db);
  }

  async newTenant(): Promise<string> {
    return (await seedTenant(this.database)).tenantUuid;
  }

  // oxlint-disable-next-line typescript/no-explicit-any
  async sql(text: string, values: unknown[] = []): Promise<any[]> {
    return (await this.db.intakePool.query(text, values)).rows;
  }

  /** Takes commits one after the other, each in its own call. @returns their outcomes */
  async take(...commits: IncomingCommit[]): Promise<CommitOutcome[]> {
    const outcomes: CommitOutcome[] = [];
    for (const commit of commits) outcomes.push(...(await this.takeAtOnce([commit])).outcomes);
    return outcomes;
  }

  takeAtOnce(
    commits: readonly IncomingCommit[],
    bounds?: IntakeBounds,
  ): Promise<ScormReport<CommitOutcome>> {
    return this.intake.take(commits, bounds);
  }

  /** Events of a tenant in the order of their ids, in which ordered webhooks get them. */
  async eventsOf(tenantId: string): Promise<EmittedEvent[]> {
    const rows = await this.sql(
      'SELECT type, payload FROM events WHERE tenant_id = $1 ORDER BY id',
      [tenantId],
    );
    return rows.map(({ type, payload }) => ({ type, data: JSON.parse(payload) }));
  }

  async typesOf(tenantId: string): Promise<string[]> {
    return (await this.eventsOf(tenantId)).map(({ type }) => type.replace('session.', ''));
  }

  async stateOf(
    tenantId: string,
    { sessionId, attempt = 1 }: Pick<ScormSession, 'sessionId' | 'attempt'> = SESSION,
  ): Promise<AttemptState> {
    const [row] = await this.sql(
      `SELECT state FROM scorm_attempts
       WHERE tenant_id = $1 AND registration_key = $2 AND attempt = $3`,
      [tenantId, `s:${sessionId}`, attempt],
    );
    return row ? JSON.parse(row.state) : NEW_ATTEMPT;
  }
}

function databaseOf({ url }: TestDatabase): Database {
  return openDatabase({ url, encryptionKeys: [randomBytes(32)], intakePoolSize: 4 });
}

/** A test with {@link ScormFixtures} that its file shares. */
export const scormTest = it.extend('fixtures', { scope: 'file' }, closing(ScormFixtures.open));

export const SESSION: ScormSession = {
  sessionId: 'sess_1',
  packageId: 'pkg_def456',
  learnerId: 'learner-42',
};

/** The values that a SCO of SCORM 2004 sets. */
interface Cmi {
  completion?: string;
  success?: string;
  scaled?: number;
  progress?: number;
  location?: string;
  sequence?: number;
  terminate?: boolean;
}

function cmiOf({ completion, success, scaled, progress, location, ...given }: Cmi): CmiCommit {
  const cmi = {
    completion_status: completion ?? 'unknown',
    success_status: success ?? 'unknown',
    score: { scaled: scaled === undefined ? '' : String(scaled) },
    progress_measure: progress === undefined ? '' : String(progress),
    location: location ?? '',
  };
  const read = readCommit({ cmi }, given);
  if (!read.ok) throw new Error(read.message);
  return read.commit;
}

/** A commit of a runtime's server. */
export function commitOf(
  tenantId: string,
  cmi: Cmi | CmiCommit,
  { launchKey = 'L1', ...session }: Partial<ScormSession> & { launchKey?: string } = {},
): IncomingCommit {
  const source = { kind: 'server', tenantId, session: { ...SESSION, ...session }, launchKey };
  return commitFrom(source as CommitSource, cmi);
}

export function commitFrom(source: CommitSource, cmi: Cmi | CmiCommit): IncomingCommit {
  const commit = 'standard' in cmi ? cmi : cmiOf(cmi);
  return { source, commit, acceptedAt: Date.now(), size: 300 };
}

export function launchOf(
  tenantId: string,
  session: Partial<ScormSession> = {},
  changes: Partial<NewLaunch> = {},
): NewLaunch {
  const id = uuidV7();
  return {
    id,
    tenantId,
    session: { ...SESSION, ...session },
    launchKey: id,
    access: { tokenHash: randomBytes(32), origin: 'https://lms.example' },
    occurredAt: new Date(),
    ...changes,
  };
}
