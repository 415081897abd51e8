import { ApiPropertyOptional } from '@nestjs/swagger';
import { EVENT_TYPE_NAMES } from '@schoolbell/catalogue';
import { IsIn } from 'class-validator';
import { MayBeLeftOut } from '../http/optional.js';
import { PageQuery } from '../http/pagination.js';
import { Time } from '../http/time-query.js';

/** The query of `GET /v1/events`. */
export class EventQuery extends PageQuery {
  @ApiPropertyOptional({ enum: EVENT_TYPE_NAMES, description: 'Only events of this type.' })
  @MayBeLeftOut()
  @IsIn(EVENT_TYPE_NAMES, { message: 'is no event type; GET /v1/event-types lists them' })
  type?: string;

  @Time('Accepted at this time or later.')
  from?: Date;

  @Time('Accepted before this time.')
  to?: Date;
}
