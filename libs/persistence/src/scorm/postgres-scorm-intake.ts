import type {
  CommitOutcome,
  IncomingCommit,
  IntakeBounds,
  LaunchOrigin,
  LaunchOutcome,
  NewLaunch,
  ScormIntake,
  ScormReport,
} from '@schoolbell/delivery';
import type { Database } from '../database/database.js';
import { promoteFirsts, type OrderedSession } from '../steps/promote.js';
import { openLaunch } from './open-launch.js';
import { originOf } from './origin-of.js';
import { takeWithinBounds } from './take-within-bounds.js';

const UNBOUNDED: IntakeBounds = { ofOneEvent: null, ofAll: null };

/** Takes launches and commits in: the states of attempts, and the events that follow, in one transaction. */
export class PostgresScormIntake implements ScormIntake {
  constructor(private readonly db: Pick<Database, 'intakePool'>) {}

  async open(launch: NewLaunch, bounds = UNBOUNDED): Promise<ScormReport<LaunchOutcome>> {
    const { outcome, webhookIds, sessions } = await openLaunch(this.db.intakePool, launch, bounds);
    await this.promote(sessions);
    return { outcomes: [outcome], webhookIds };
  }

  async take(
    commits: readonly IncomingCommit[],
    bounds = UNBOUNDED,
  ): Promise<ScormReport<CommitOutcome>> {
    const taken = await takeWithinBounds(this.db.intakePool, commits, bounds);
    await this.promote(taken.sessions);
    return { outcomes: taken.outcomes, webhookIds: taken.webhookIds };
  }

  async originOf(tokenHash: Buffer): Promise<LaunchOrigin | undefined> {
    return originOf(this.db.intakePool, tokenHash);
  }

  /** As after events: what was before them may have ended meanwhile, and otherwise the sweep does it. */
  private async promote(sessions: readonly OrderedSession[]): Promise<void> {
    await promoteFirsts(this.db.intakePool, sessions).catch(() => undefined);
  }
}
