import { ApiProperty } from '@nestjs/swagger';
import { durationOfHundredths } from '@schoolbell/catalogue';
import { toTypeId } from '@schoolbell/ids';
import type {
  ScormAttemptRecord,
  ScormLaunchRecord,
  ScormSessionRecord,
} from '@schoolbell/persistence';
import type { ScoState } from '@schoolbell/scorm';
import {
  SessionAttemptDocument,
  LaunchStateDocument,
  ScoDocument,
} from './session-attempt-document.js';

/** An event that a session's launches and commits produced. */
class SessionEventDocument {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  type!: string;

  @ApiProperty({ format: 'date-time' })
  occurredAt!: string;
}

/** The result of a session's launches and commits. */
export class SessionDocument {
  @ApiProperty()
  sessionId!: string;

  @ApiProperty({ type: [SessionAttemptDocument], description: 'Newest first; at most 100.' })
  attempts!: SessionAttemptDocument[];

  @ApiProperty({ type: [SessionEventDocument], description: 'Newest last; the last 100.' })
  events!: SessionEventDocument[];

  @ApiProperty({ description: 'Whether `events` leaves out older ones.' })
  hasOlderEvents!: boolean;
}

export function presentSession(sessionId: string, record: ScormSessionRecord): SessionDocument {
  return {
    sessionId,
    attempts: record.attempts.map(presentAttempt),
    events: record.events.map(({ id, type, occurredAt }) => ({
      id: toTypeId('event', id),
      type,
      occurredAt: occurredAt.toISOString(),
    })),
    hasOlderEvents: record.hasOlderEvents,
  };
}

function presentAttempt(record: ScormAttemptRecord): SessionAttemptDocument {
  return {
    attempt: record.attempt,
    lastCommitAt: record.lastCommitAt.toISOString(),
    scos: Object.entries(record.state.scos).map(([scoId, state]) => presentSco(scoId, state)),
    completions: record.completions.map(({ scoId, completedAt }) => ({
      scoId: scoId || null,
      completedAt: completedAt.toISOString(),
    })),
    launches: record.launches.map(presentLaunch),
  };
}

function presentSco(scoId: string, state: ScoState): ScoDocument {
  return {
    scoId: scoId || null,
    completionStatus: state.completionStatus,
    successStatus: state.successStatus,
    progressMeasure: state.progressMeasure ?? null,
    scoreScaled: state.scoreScaled ?? null,
    scoreRaw: state.scoreRaw ?? null,
    scoreMin: state.scoreMin ?? null,
    scoreMax: state.scoreMax ?? null,
    location: state.location ?? null,
    totalTime: durationOfHundredths(state.totalTime),
    done: state.done,
  };
}

function presentLaunch(launch: ScormLaunchRecord): LaunchStateDocument {
  const { session } = launch;
  return {
    id: toTypeId('launch', launch.id),
    launchId: launch.launchKey || null,
    packageId: session.packageId,
    learnerId: session.learnerId,
    registrationId: session.registrationId ?? null,
    scoId: session.scoId ?? null,
    status: launch.closedAt ? 'closed' : 'open',
    openedAt: launch.openedAt.toISOString(),
    lastCommitAt: launch.lastCommitAt?.toISOString() ?? null,
    closedAt: launch.closedAt?.toISOString() ?? null,
    expiresAt: launch.expiresAt?.toISOString() ?? null,
  };
}
