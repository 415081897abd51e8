import { Module } from '@nestjs/common';
import type { ScormIntake, Wakes } from '@schoolbell/delivery';
import {
  ChangeTeller,
  type Database,
  PostgresScormIntake,
  ScormSessionRepository,
} from '@schoolbell/persistence';
import { WAKES } from '@schoolbell/queue';
import { AuthModule } from '../auth/auth.module.js';
import { tellingScormIntake } from '../changes/telling-intake.js';
import { API_SETTINGS, type ApiSettings } from '../config/api-settings.js';
import { RateLimiter } from '../http/rate-limiter.js';
import { IntakeHealth } from '../persistence/intake-health.js';
import { DATABASE } from '../persistence/persistence.module.js';
import { IntakeCounts, type MeasuredLane } from '../measuring/intake-counts.js';
import { CommitBuffer } from './commit-buffer.js';
import { CommitGate } from './commit-gate.js';
import { CommitTaker } from './commit-taker.js';
import { CommitsController } from './commits.controller.js';
import { LaunchDirectory } from './launch-directory.js';
import { LaunchLanes } from './launch-lanes.js';
import { LaunchOpener } from './launch-opener.js';
import { LaunchesController } from './launches.controller.js';
import { SessionsController } from './sessions.controller.js';

/** Launches and commits of SCORM runtimes. */
@Module({
  imports: [AuthModule],
  controllers: [LaunchesController, CommitsController, SessionsController],
  providers: [
    {
      provide: LaunchDirectory,
      inject: [DATABASE],
      // Requests wait for it, as they wait for authentication.
      useFactory: (db: Database) => new LaunchDirectory(intakeOn(db.authPool)),
    },
    {
      provide: CommitGate,
      inject: [LaunchDirectory, RateLimiter, API_SETTINGS],
      useFactory: (launches: LaunchDirectory, limiter: RateLimiter, settings: ApiSettings) =>
        new CommitGate(launches, limiter, settings.publicUrl),
    },
    {
      provide: CommitTaker,
      inject: [DATABASE, WAKES, IntakeHealth, LaunchDirectory, ChangeTeller, IntakeCounts],
      useFactory: commitTaker,
    },
    {
      provide: LaunchOpener,
      inject: [DATABASE, WAKES, IntakeHealth, LaunchDirectory, ChangeTeller, IntakeCounts],
      useFactory: launchOpener,
    },
    {
      provide: ScormSessionRepository,
      inject: [DATABASE],
      useFactory: (db: Database) => new ScormSessionRepository(db),
    },
  ],
})
export class ScormModule {}

function commitTaker(
  db: Database,
  wakes: Wakes,
  health: IntakeHealth,
  launches: LaunchDirectory,
  changes: ChangeTeller,
  counts: IntakeCounts,
): CommitTaker {
  const intakeOf = (pool: Database['intakePool'], lane: MeasuredLane): ScormIntake =>
    tellingScormIntake(health.watchScorm(counts.ofScorm(intakeOn(pool), lane)), changes);
  const light = intakeOf(db.commitIntakePool, 'commits');
  const heavy = intakeOf(db.heavyScormIntakePool, 'commits');
  return new CommitTaker(new CommitBuffer({ light, heavy }, wakes), launches);
}

function launchOpener(
  db: Database,
  wakes: Wakes,
  health: IntakeHealth,
  launches: LaunchDirectory,
  changes: ChangeTeller,
  counts: IntakeCounts,
): LaunchOpener {
  const intakeOf = (pool: Database['intakePool'], lane: MeasuredLane): ScormIntake =>
    tellingScormIntake(health.watchScorm(counts.ofScorm(intakeOn(pool), lane)), changes);
  const light = intakeOf(db.launchIntakePool, 'launches');
  const heavy = intakeOf(db.heavyScormIntakePool, 'launches');
  return new LaunchOpener(new LaunchLanes({ light, heavy }), launches, wakes);
}

function intakeOn(intakePool: Database['intakePool']): ScormIntake {
  return new PostgresScormIntake({ intakePool });
}
