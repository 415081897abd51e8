import { ApiProperty } from '@nestjs/swagger';
import type { EventSubjects } from '@schoolbell/persistence';

const ID = { type: 'string', nullable: true } as const;

/** What the event of a delivery is about. */
export class EventSubjectsDocument {
  @ApiProperty(ID)
  sessionId!: string | null;

  @ApiProperty(ID)
  packageId!: string | null;

  @ApiProperty(ID)
  dispatchId!: string | null;

  @ApiProperty({ ...ID, description: 'Null also once the learner was forgotten.' })
  learnerId!: string | null;

  @ApiProperty({ format: 'date-time', description: 'When it happened, as the runtime says.' })
  occurredAt!: string;
}

export function presentSubjects(subjects: EventSubjects): EventSubjectsDocument {
  return { ...subjects, occurredAt: subjects.occurredAt.toISOString() };
}
