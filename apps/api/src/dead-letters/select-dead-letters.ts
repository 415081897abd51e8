import { ApiPropertyOptional } from '@nestjs/swagger';
import { ATTEMPT_ERROR_CODES, type DeadLetterSelection } from '@schoolbell/delivery';
import { fromTypeId } from '@schoolbell/ids';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsString,
  Length,
  Max,
  Min,
} from 'class-validator';
import { MAX_NAME_LENGTH } from '../event-types/event-type-names.js';
import { MayBeLeftOut } from '../http/optional.js';
import { Time } from '../http/time-query.js';

const ID_LENGTH = 64;
const MAX_IDS = 1_000;
/** Stands for ids that cannot exist; no delivery has it. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** The body of a bulk retry or discard. All conditions hold together; none at all means every dead letter. */
export class SelectDeadLetters {
  @ApiPropertyOptional({
    type: 'array',
    items: { type: 'string', minLength: 1, maxLength: ID_LENGTH },
    minItems: 1,
    maxItems: MAX_IDS,
    uniqueItems: true,
    description: 'Ids of deliveries. A delivery that is not a dead letter counts as failed.',
    example: ['dlv_01jdbfz1x3e1ktm4v2n0c8q7ah'],
  })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_IDS)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, ID_LENGTH, { each: true })
  ids?: string[];

  @ApiPropertyOptional({
    minLength: 1,
    maxLength: ID_LENGTH,
    description: 'Only those to this webhook.',
  })
  @MayBeLeftOut()
  @IsString()
  @Length(1, ID_LENGTH)
  webhookId?: string;

  @ApiPropertyOptional({
    minLength: 1,
    maxLength: MAX_NAME_LENGTH,
    description: 'The type of the event.',
  })
  @MayBeLeftOut()
  @IsString()
  @Length(1, MAX_NAME_LENGTH)
  type?: string;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 100,
    maximum: 599,
    description: 'The status of the answer to the last attempt.',
  })
  @MayBeLeftOut()
  @IsInt()
  @Min(100)
  @Max(599)
  responseStatus?: number;

  @ApiPropertyOptional({ enum: ATTEMPT_ERROR_CODES, description: 'How the last attempt failed.' })
  @MayBeLeftOut()
  @IsIn(ATTEMPT_ERROR_CODES, { message: `must be one of: ${ATTEMPT_ERROR_CODES.join(', ')}` })
  errorCode?: string;

  @Time('Created at this time or later.')
  from?: Date;

  @Time('Created before this time.')
  to?: Date;
}

/** The body as the repository takes it. An id that cannot exist is one that is not there. */
export function toSelection(body: SelectDeadLetters): DeadLetterSelection {
  const { ids, webhookId, type: eventType, responseStatus, errorCode, from, to } = body;
  return {
    eventType,
    responseStatus,
    errorCode,
    from,
    to,
    webhookId: webhookId && (fromTypeId('webhook', webhookId) ?? NOBODY),
    deliveryIds: ids?.map((id) => fromTypeId('delivery', id) ?? NOBODY),
  };
}
