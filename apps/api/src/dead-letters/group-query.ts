import { ApiProperty, OmitType } from '@nestjs/swagger';
import { DEAD_LETTER_GROUPINGS, type DeadLetterGrouping } from '@schoolbell/delivery';
import { Transform } from 'class-transformer';
import { ArrayMinSize, ArrayUnique, IsIn } from 'class-validator';
import { DeliveryQuery } from '../deliveries/delivery-filters.js';
import { MayBeLeftOut } from '../fields/optional.js';

/** The query of `GET /v1/dead-letters/groups`: the filters of the list, all of which must match. */
export class GroupQuery extends OmitType(DeliveryQuery, [
  'limit',
  'cursor',
  'status',
  'expand',
] as const) {
  @MayBeLeftOut()
  @ApiProperty({
    type: 'string',
    default: DEAD_LETTER_GROUPINGS.join(','),
    description:
      'What the dead letters of a group have in common, separated by commas: `webhook`, `error`.',
    example: DEAD_LETTER_GROUPINGS.join(','),
  })
  @Transform(({ value }) => (typeof value === 'string' ? value.split(',') : value))
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(DEAD_LETTER_GROUPINGS, {
    each: true,
    message: `must be one or more of these, separated by commas: ${DEAD_LETTER_GROUPINGS.join(', ')}`,
  })
  by: DeadLetterGrouping[] = [...DEAD_LETTER_GROUPINGS];
}
