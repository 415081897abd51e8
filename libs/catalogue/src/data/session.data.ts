import { Id } from '../fields/id.js';
import { Nested } from '../fields/nested.js';
import { Decimal, Whole } from '../fields/number.js';
import { OneOf } from '../fields/one-of.js';
import { Optional } from '../fields/optional.js';
import { Text } from '../fields/text.js';
import { DURATION_PATTERN } from '../scorm/duration.js';
import { LESSON_STATUSES, SUCCESS_STATUSES } from '../scorm/status.js';
import { CertificateData } from './certificate.data.js';
import { CourseData } from './course.data.js';
import { LearnerData } from './learner.data.js';
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
  @OneOf('Whether the learner passed, in the terms of SCORM 2004.', SUCCESS_STATUSES)
  successStatus?: string;

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

  @Optional()
  @Nested('Who the learner is.', LearnerData)
  learner?: LearnerData;

  @Optional()
  @Nested('The course that the package belongs to.', CourseData)
  course?: CourseData;

  @Optional()
  @Nested('The certificate that came of it.', CertificateData)
  certificate?: CertificateData;
}
