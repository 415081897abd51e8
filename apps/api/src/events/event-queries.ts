import { ApiPropertyOptional } from '@nestjs/swagger';
import { fromTypeId } from '@schoolbell/ids';
import type { EventFilter } from '@schoolbell/persistence';
import { Transform } from 'class-transformer';
import { IsBoolean, IsString, Length } from 'class-validator';
import { MAX_NAME_LENGTH } from '../event-types/event-type-names.js';
import { MayBeLeftOut } from '../http/optional.js';
import { PageQuery } from '../http/pagination.js';
import { Time } from '../http/time-query.js';

const MAX_ID_LENGTH = 255;

/** The query of `GET /v1/events`. All filters hold together. */
export class EventQuery extends PageQuery {
  @ApiPropertyOptional({
    minLength: 1,
    maxLength: MAX_NAME_LENGTH,
    description: 'Only events of this type.',
  })
  @MayBeLeftOut()
  @IsString()
  @Length(1, MAX_NAME_LENGTH)
  type?: string;

  @ApiPropertyOptional({ description: 'Only events of this session.', example: 'sess_abc123' })
  @MayBeLeftOut()
  @IsString()
  @Length(1, MAX_ID_LENGTH)
  sessionId?: string;

  @ApiPropertyOptional({ description: 'Only events of this package.' })
  @MayBeLeftOut()
  @IsString()
  @Length(1, MAX_ID_LENGTH)
  packageId?: string;

  @ApiPropertyOptional({ description: 'Only events of this dispatch.' })
  @MayBeLeftOut()
  @IsString()
  @Length(1, MAX_ID_LENGTH)
  dispatchId?: string;

  @ApiPropertyOptional({ description: 'Only events of this learner.' })
  @MayBeLeftOut()
  @IsString()
  @Length(1, MAX_ID_LENGTH)
  learnerId?: string;

  @ApiPropertyOptional({
    description: 'An event, session, package, dispatch or learner id, in full.',
  })
  @MayBeLeftOut()
  @IsString()
  @Length(1, MAX_ID_LENGTH)
  q?: string;

  @ApiPropertyOptional({
    type: 'boolean',
    description: '`true`: only events that no webhook wanted, so that they have no delivery.',
  })
  @MayBeLeftOut()
  @Transform(({ value }) => ({ true: true, false: false })[value as string] ?? value)
  @IsBoolean({ message: 'must be true or false' })
  unwanted?: boolean;

  @Time('Accepted at this time or later.')
  from?: Date;

  @Time('Accepted before this time.')
  to?: Date;
}

/** The query as the repository takes it. */
export function toEventFilter(query: EventQuery): EventFilter {
  const { type, sessionId, packageId, dispatchId, learnerId, q, unwanted, from, to } = query;
  const filter = { type, sessionId, packageId, dispatchId, learnerId, unwanted, from, to };
  if (q === undefined) return filter;
  // Runtime ids are never parsed: what has the form of one of our own ids can still be a runtime's.
  const eventId = fromTypeId('event', q);
  return eventId ? { ...filter, eventId } : { ...filter, subjectId: q };
}
