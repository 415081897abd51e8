import { ApiProperty } from '@nestjs/swagger';
import { ID_PATTERN, isId } from '@schoolbell/catalogue';
import { ERASURE_PATIENCE_HOURS, WAITING_CHOICES, type WaitingChoice } from '@schoolbell/delivery';
import { ValidateBy } from 'class-validator';
import { OneOf } from '../fields/one-of.js';
import { MayBeLeftOut } from '../fields/optional.js';

/** The body of `POST /v1/erasures`. */
export class EraseLearner {
  @ApiProperty({
    minLength: 1,
    maxLength: 255,
    pattern: ID_PATTERN,
    description:
      'The learner to forget, as the runtime names them: `learnerId` or `userId` of events.',
    example: 'learner-42',
  })
  @ValidateBy({
    name: 'isId',
    validator: {
      validate: isId,
      defaultMessage: () =>
        'must be a text of 1 to 255 characters, none of them a control character',
    },
  })
  learnerId!: string;

  @MayBeLeftOut()
  @OneOf(WAITING_CHOICES, {
    default: 'discard',
    description: `What to do with waiting deliveries: \`discard\`, or \`send\` them first, for at most ${ERASURE_PATIENCE_HOURS} hours.`,
  })
  waiting: WaitingChoice = 'discard';
}
