import { OmitType } from '@nestjs/swagger';
import {
  ATTEMPT_ERROR_CODES,
  DELIVERY_STATUSES,
  type DeliveryFilter,
  type DeliveryStatus,
} from '@schoolbell/delivery';
import { fromTypeId } from '@schoolbell/ids';
import { TypeName } from '../event-types/type-name.js';
import { OwnId, RuntimeId } from '../fields/ids.js';
import { OneOf } from '../fields/one-of.js';
import { MayBeLeftOut } from '../fields/optional.js';
import { Time } from '../fields/time.js';
import { WholeInQuery } from '../fields/whole.js';
import { PageQuery } from '../http/pagination.js';
import { Expand, type Expansion } from './expand-query.js';

/** The query of `GET /v1/deliveries`. All filters hold together. */
export class DeliveryQuery extends PageQuery {
  @MayBeLeftOut()
  @OwnId({ description: 'Only deliveries to this webhook, which may be deleted.' })
  webhookId?: string;

  @MayBeLeftOut()
  @OwnId({ description: 'Only deliveries of this event.' })
  eventId?: string;

  @MayBeLeftOut()
  @OneOf(DELIVERY_STATUSES)
  status?: DeliveryStatus;

  @MayBeLeftOut()
  @TypeName({ description: 'The type of the event.' })
  type?: string;

  @Time('Created at this time or later.')
  from?: Date;

  @Time('Created before this time.')
  to?: Date;

  @MayBeLeftOut()
  @WholeInQuery({
    minimum: 100,
    maximum: 599,
    description: 'The status of the answer to the last attempt.',
  })
  responseStatus?: number;

  @MayBeLeftOut()
  @OneOf(ATTEMPT_ERROR_CODES, { description: 'How the last attempt failed.' })
  errorCode?: string;

  @MayBeLeftOut()
  @RuntimeId({
    description: 'An event, delivery, session, package or learner id, in full.',
    example: 'sess_abc123',
  })
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
