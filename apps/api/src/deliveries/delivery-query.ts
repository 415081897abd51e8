import { ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import {
  ATTEMPT_ERROR_CODES,
  DELIVERY_STATUSES,
  type DeliveryFilter,
  type DeliveryStatus,
} from '@schoolbell/delivery';
import { fromTypeId } from '@schoolbell/ids';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsString, Length, Max, Min } from 'class-validator';
import { MAX_NAME_LENGTH } from '../event-types/event-type-names.js';
import { MayBeLeftOut } from '../http/optional.js';
import { PageQuery } from '../http/pagination.js';
import { Time } from '../http/time-query.js';
import { Expand, type Expansion } from './expand-query.js';

const ID_LENGTH = 64;

/** The query of `GET /v1/deliveries`. All filters hold together. */
export class DeliveryQuery extends PageQuery {
  @ApiPropertyOptional({
    minLength: 1,
    maxLength: ID_LENGTH,
    description: 'Only deliveries to this webhook, which may be deleted.',
  })
  @MayBeLeftOut()
  @IsString()
  @Length(1, ID_LENGTH)
  webhookId?: string;

  @ApiPropertyOptional({
    minLength: 1,
    maxLength: ID_LENGTH,
    description: 'Only deliveries of this event.',
  })
  @MayBeLeftOut()
  @IsString()
  @Length(1, ID_LENGTH)
  eventId?: string;

  @ApiPropertyOptional({ enum: DELIVERY_STATUSES })
  @MayBeLeftOut()
  @IsIn(DELIVERY_STATUSES, { message: `must be one of: ${DELIVERY_STATUSES.join(', ')}` })
  status?: DeliveryStatus;

  @ApiPropertyOptional({
    minLength: 1,
    maxLength: MAX_NAME_LENGTH,
    description: 'The type of the event.',
  })
  @MayBeLeftOut()
  @IsString()
  @Length(1, MAX_NAME_LENGTH)
  type?: string;

  @Time('Created at this time or later.')
  from?: Date;

  @Time('Created before this time.')
  to?: Date;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 100,
    maximum: 599,
    description: 'The status of the answer to the last attempt.',
  })
  @MayBeLeftOut()
  @Type(() => Number)
  @IsInt()
  @Min(100)
  @Max(599)
  responseStatus?: number;

  @ApiPropertyOptional({ enum: ATTEMPT_ERROR_CODES, description: 'How the last attempt failed.' })
  @MayBeLeftOut()
  @IsIn(ATTEMPT_ERROR_CODES, { message: `must be one of: ${ATTEMPT_ERROR_CODES.join(', ')}` })
  errorCode?: string;

  @ApiPropertyOptional({
    minLength: 1,
    maxLength: 255,
    description: 'An event, delivery, session, package or learner id, in full.',
    example: 'sess_abc123',
  })
  @MayBeLeftOut()
  @IsString()
  @Length(1, 255)
  q?: string;

  @Expand()
  expand?: Expansion;
}

/** The query of a webhook's own deliveries. */
export class WebhookDeliveryQuery extends OmitType(DeliveryQuery, ['webhookId'] as const) {}

/**
 * The query as the repository takes it.
 *
 * @returns `undefined` when it names an id that cannot exist: nothing can match
 */
export function toDeliveryFilter(
  query: Omit<DeliveryQuery, keyof PageQuery | 'expand'>,
): DeliveryFilter | undefined {
  const webhookId = query.webhookId && fromTypeId('webhook', query.webhookId);
  const eventId = query.eventId && fromTypeId('event', query.eventId);
  if ((query.webhookId && !webhookId) || (query.eventId && !eventId)) return undefined;
  const { type: eventType, status, from, to, responseStatus, errorCode } = query;
  const filter = { webhookId, eventId, status, eventType, from, to, responseStatus, errorCode };
  return query.q === undefined ? filter : searched(filter, query.q);
}

/** Runtime ids are never parsed: what has the form of one of our own ids can still be a runtime's. */
function searched(filter: DeliveryFilter, q: string): DeliveryFilter | undefined {
  const deliveryId = fromTypeId('delivery', q);
  if (deliveryId) return { ...filter, deliveryId };
  const eventId = fromTypeId('event', q);
  if (!eventId) return { ...filter, subjectId: q };
  return filter.eventId && filter.eventId !== eventId ? undefined : { ...filter, eventId };
}
