import type {
  CommitOutcome,
  IncomingCommit,
  IntakeBounds,
  LaunchOutcome,
  NewLaunch,
  ScormIntake,
  ScormReport,
} from '@schoolbell/delivery';
import type { Database } from '../database/database.js';
import { originOf } from './origin-of.js';

const UNBOUNDED: IntakeBounds = { ofOneEvent: null, ofAll: null };

/** Takes launches and commits in: the states of attempts, and the events that follow, in one transaction. */
export class PostgresScormIntake implements ScormIntake {
  constructor(private readonly db: Pick<Database, 'intakePool'>) {}

  async open(launch: NewLaunch): Promise<ScormReport<LaunchOutcome>> {
    throw new Error(`Launch ${launch.id}: not built yet.`);
  }

  async take(
    commits: readonly IncomingCommit[],
    bounds: IntakeBounds = UNBOUNDED,
  ): Promise<ScormReport<CommitOutcome>> {
    throw new Error(`${commits.length} commits within ${bounds.ofAll}: not built yet.`);
  }

  async originOf(tokenHash: Buffer): Promise<{ origin: string | null } | undefined> {
    return originOf(this.db.intakePool, tokenHash);
  }
}
