import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { MAX_NAME_LENGTH } from '../event-types/event-type-names.js';
import { MayBeLeftOut } from '../http/optional.js';
import { PageQuery } from '../http/pagination.js';
import { Time } from '../http/time-query.js';

/** The query of `GET /v1/events`. */
export class EventQuery extends PageQuery {
  @ApiPropertyOptional({ maxLength: MAX_NAME_LENGTH, description: 'Only events of this type.' })
  @MayBeLeftOut()
  @IsString()
  @Length(1, MAX_NAME_LENGTH)
  type?: string;

  @Time('Accepted at this time or later.')
  from?: Date;

  @Time('Accepted before this time.')
  to?: Date;
}
