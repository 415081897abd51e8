import { Id } from '../fields/id.js';
import { Decimal, Whole } from '../fields/number.js';
import { OneOf } from '../fields/one-of.js';
import { Optional } from '../fields/optional.js';
import { Text } from '../fields/text.js';
import { DURATION_PATTERN } from '../scorm/duration.js';
import { CREDITS, ENTRIES, MODES } from '../scorm/launch.js';
import { LESSON_STATUSES } from '../scorm/status.js';
import { ScoreData } from './score.data.js';

const DURATION = {
  minLength: 3,
  maxLength: 64,
  pattern: DURATION_PATTERN,
  message: '$property must be a duration: PT12M34S, or HHHH:MM:SS.SS as in SCORM 1.2',
};

/** What every event of a learner's session may carry. Which status it needs is for each type to say. */
export class SessionData extends ScoreData {
  @Id('The session.')
  sessionId!: string;

  @Id('The SCORM package that runs in it.')
  packageId!: string;

  @Id('The learner, as the runtime knows them.')
  learnerId!: string;

  @Optional()
  @Id('The dispatch through which the package was launched.')
  dispatchId?: string;

  @Optional()
  @Id('The learner’s registration for the course.')
  registrationId?: string;

  @Optional()
  @Whole('Which attempt of the learner at the package this is, from 1.', 1)
  attempt?: number;

  @Optional()
  @Id('The launch of the session, where one session is launched several times.')
  launchId?: string;

  @Optional()
  @Id('The SCO within the package.')
  scoId?: string;

  @Optional()
  @OneOf('How the package was launched; only `normal` counts.', MODES)
  mode?: string;

  @Optional()
  @OneOf('Whether the learner gets credit for it.', CREDITS)
  credit?: string;

  @Optional()
  @OneOf('Whether this launch begins the attempt or resumes it.', ENTRIES)
  entry?: string;

  @Optional()
  @OneOf(
    'SCORM 1.2 only: lesson_status. Delivered as completionStatus and successStatus.',
    Object.keys(LESSON_STATUSES),
  )
  lessonStatus?: string;

  @Optional()
  @Decimal('How much of the course is done, 0 to 1.', 0, 1)
  progressMeasure?: number;

  @Optional()
  @Text({ description: 'Time in all sessions of the attempt, ISO 8601.', ...DURATION })
  totalTime?: string;

  @Optional()
  @Text({ description: 'Time in this session, ISO 8601.', ...DURATION })
  sessionTime?: string;
}
