import { Id } from '../fields/id.js';
import { Line } from '../fields/line.js';
import { Optional } from '../fields/optional.js';
import { Text } from '../fields/text.js';

/** Who the learner is, for formats that name people; from here and nowhere else. */
export class LearnerData {
  @Optional()
  @Text({
    description: 'E-mail address.',
    minLength: 3,
    maxLength: 320,
    pattern: '^[^\\s@\\p{Cs}]+@[^\\s@\\p{Cs}]+$',
    message: 'email must be an e-mail address',
  })
  email?: string;

  @Optional()
  @Line('Given name.')
  firstName?: string;

  @Optional()
  @Line('Family name.')
  lastName?: string;

  @Optional()
  @Id('The learner’s id in another system, such as the personnel number.')
  externalId?: string;
}
