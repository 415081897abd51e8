import { ApiProperty } from '@nestjs/swagger';
import { COMPLETION_STATUSES, SUCCESS_STATUSES } from '@schoolbell/catalogue';

const NUMBER = { type: 'number', nullable: true } as const;
const TEXT = { type: 'string', nullable: true } as const;
const TIME = { type: 'string', format: 'date-time', nullable: true } as const;
const SCO_ID = { ...TEXT, description: 'Null where the launch names no SCO.' } as const;

/** The learner's progress in a SCO. */
export class ScoDocument {
  @ApiProperty(SCO_ID)
  scoId!: string | null;

  @ApiProperty({ enum: COMPLETION_STATUSES })
  completionStatus!: string;

  @ApiProperty({ enum: SUCCESS_STATUSES })
  successStatus!: string;

  @ApiProperty(NUMBER)
  progressMeasure!: number | null;

  @ApiProperty(NUMBER)
  scoreScaled!: number | null;

  @ApiProperty(NUMBER)
  scoreRaw!: number | null;

  @ApiProperty(NUMBER)
  scoreMin!: number | null;

  @ApiProperty(NUMBER)
  scoreMax!: number | null;

  @ApiProperty({ ...TEXT, description: 'The bookmark.' })
  location!: string | null;

  @ApiProperty({ description: 'Of all launches of the attempt, ISO 8601.' })
  totalTime!: string;

  @ApiProperty({ description: 'A commit proved it completed or passed; never taken back.' })
  done!: boolean;
}

/**
 * A completed SCO or package: its `session.completed` was emitted, or is not to be, since the launch's `state` said so.
 */
class CompletionDocument {
  @ApiProperty({ ...SCO_ID, description: 'Null: the attempt as a whole.' })
  scoId!: string | null;

  @ApiProperty({ format: 'date-time' })
  completedAt!: string;
}

/** One opening of the package by the learner. */
export class LaunchStateDocument {
  @ApiProperty()
  id!: string;

  @ApiProperty({ ...TEXT, description: 'As the runtime names it; null where it does not.' })
  launchId!: string | null;

  @ApiProperty()
  packageId!: string;

  @ApiProperty()
  learnerId!: string;

  @ApiProperty(TEXT)
  registrationId!: string | null;

  @ApiProperty(SCO_ID)
  scoId!: string | null;

  @ApiProperty({
    enum: ['open', 'closed'],
    description: 'Closed by its last commit, or by 30 minutes without one.',
  })
  status!: string;

  @ApiProperty({ format: 'date-time' })
  openedAt!: string;

  @ApiProperty({ ...TIME, description: 'Accurate to the minute.' })
  lastCommitAt!: string | null;

  @ApiProperty({ ...TIME, description: 'Null while it is open.' })
  closedAt!: string | null;

  @ApiProperty({ ...TIME, description: 'When its token ends; null if a server commits.' })
  expiresAt!: string | null;
}

/** A learner's attempt at the package: the state that its commits made. */
export class SessionAttemptDocument {
  @ApiProperty({ type: 'integer', description: 'From 1.' })
  attempt!: number;

  @ApiProperty({
    format: 'date-time',
    description: 'Accurate to the minute if the commit changed nothing.',
  })
  lastCommitAt!: string;

  @ApiProperty({ type: [ScoDocument] })
  scos!: ScoDocument[];

  @ApiProperty({
    type: [CompletionDocument],
    description: 'What was reported as completed, by Schoolbell or before it knew of the attempt.',
  })
  completions!: CompletionDocument[];

  @ApiProperty({ type: [LaunchStateDocument], description: 'Newest first; at most 100.' })
  launches!: LaunchStateDocument[];
}
