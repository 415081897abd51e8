import type { NewLaunch, ScormSession } from '@schoolbell/delivery';
import { scoIdsOf, type AttemptState } from '@schoolbell/scorm';
import type { PoolClient } from 'pg';
import { launchKeyOf, type LaunchSource, type ServerSource } from './launch-source.js';
import { lockLaunches } from './lock-launches.js';
import type { LockedRow } from './lock-launches-statement.js';
import { LockedAttempt, type Registration } from './locked-attempt.js';
import { LockedLaunch } from './locked-launch.js';

/** What a launch that is not known yet begins with. */
type Beginning = Pick<NewLaunch, 'id' | 'state'> & Partial<Pick<NewLaunch, 'access'>>;

/** The launches that a transaction is about, their attempts locked, and what becomes of both until it ends. */
export class LockedLaunches {
  private readonly attemptsByKey = new Map<string, LockedAttempt>();
  private readonly registrations = new Map<string, Registration>();
  private readonly launchesByKey = new Map<string, LockedLaunch>();

  private constructor(private readonly rows: ReadonlyMap<string, LockedRow>) {}

  static async lock(client: PoolClient, sources: readonly LaunchSource[]): Promise<LockedLaunches> {
    return new LockedLaunches(await lockLaunches(client, sources));
  }

  get attempts(): LockedAttempt[] {
    return [...this.attemptsByKey.values()];
  }

  get launches(): LockedLaunch[] {
    return [...this.launchesByKey.values()];
  }

  /** @returns false for an unknown tenant, and for a token that is unknown or expired */
  knows(source: LaunchSource): boolean {
    return this.rows.has(launchKeyOf(source));
  }

  /** @returns the launch, if it is known; also one that was opened in this transaction */
  find(source: LaunchSource): LockedLaunch | undefined {
    const key = launchKeyOf(source);
    const found = this.launchesByKey.get(key);
    const row = this.rows.get(key);
    if (found || !row || row.launch_id === null) return found;
    const { launch_id: id, number, session, is_launch_idle: isIdle } = row;
    const parsed = JSON.parse(session!) as ScormSession;
    const launch = new LockedLaunch(id, this.attemptOf(row), number!, parsed, undefined, isIdle!);
    this.launchesByKey.set(key, launch);
    return launch;
  }

  /** Opens a launch that is not known. */
  open(source: ServerSource, { id, access, state }: Beginning): LockedLaunch {
    const row = this.rows.get(launchKeyOf(source))!;
    const { session, launchKey } = source;
    const attempt = this.attemptOf(row, state);
    const number = isGone(row, source) ? 0 : attempt.open(scoIdsOf(session));
    const launch = new LockedLaunch(id, attempt, number, session, { launchKey, ...access });
    this.launchesByKey.set(launchKeyOf(source), launch);
    return launch;
  }

  private attemptOf(row: LockedRow, seed?: AttemptState): LockedAttempt {
    const known = this.attemptsByKey.get(row.attempt_id!);
    if (known) return known;
    const attempt = new LockedAttempt(row, this.registrationOf(row), seed);
    this.attemptsByKey.set(attempt.id, attempt);
    return attempt;
  }

  private registrationOf(row: LockedRow): Registration {
    const key = `${row.tenant_id}\n${row.registration_key}`;
    const known = this.registrations.get(key);
    if (known) return known;
    const registration = { newestAttempt: row.newest_attempt ?? 0 };
    this.registrations.set(key, registration);
    return registration;
  }
}

/** Whether the attempt had this launch before its state went. Launches without an id cannot be told apart. */
function isGone({ remembered }: LockedRow, { session, launchKey }: ServerSource): boolean {
  if (launchKey === '') return false;
  const name = `${session.sessionId}\n${launchKey}`;
  return remembered?.some(({ launches }) => launches.includes(name)) ?? false;
}
