import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { MayBeLeftOut } from '../http/optional.js';
import { PageQuery } from '../http/pagination.js';
import { Time } from '../http/time-query.js';

/** The query of `GET /v1/event-rejections`. */
export class EventRejectionQuery extends PageQuery {
  @ApiPropertyOptional({
    description: 'A session, package, dispatch or learner id of the body, in full.',
    example: 'sess_abc123',
  })
  @MayBeLeftOut()
  @IsString()
  @Length(1, 255)
  q?: string;

  @Time('Refused at this time or later.')
  from?: Date;

  @Time('Refused before this time.')
  to?: Date;
}
