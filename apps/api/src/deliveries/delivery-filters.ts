import { OmitType } from '@nestjs/swagger';
import { ATTEMPT_ERROR_CODES, DELIVERY_STATUSES, type DeliveryStatus } from '@schoolbell/delivery';
import { fromTypeId } from '@schoolbell/ids';
import type { DeadLetterSelection, DeliveryFilter } from '@schoolbell/persistence';
import { TypeName } from '../event-types/type-name.js';
import { OwnId, RuntimeId } from '../fields/ids.js';
import { Texts } from '../fields/list.js';
import { OneOf } from '../fields/one-of.js';
import { MayBeLeftOut } from '../fields/optional.js';
import { Time } from '../fields/time.js';
import { Whole, WholeInQuery } from '../fields/whole.js';
import { PageQuery } from '../http/pagination.js';
import { Expand, type Expansion } from './expand-query.js';

/** Stands in for ids that cannot exist; no delivery has it. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

// Filters that lists and bulk operations share.
const EventType = () => TypeName({ description: 'The type of the event.' });
const ErrorCode = () => OneOf(ATTEMPT_ERROR_CODES, { description: 'How the last attempt failed.' });
const RESPONSE_STATUS = {
  minimum: 100,
  maximum: 599,
  description: 'The status of the answer to the last attempt.',
};
const CreatedFrom = () => Time('Created at this time or later.');
const CreatedBefore = () => Time('Created before this time.');

/** The query of `GET /v1/deliveries`, and of every other list of deliveries. All filters must match. */
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
  @EventType()
  type?: string;

  @CreatedFrom()
  from?: Date;

  @CreatedBefore()
  to?: Date;

  @MayBeLeftOut()
  @WholeInQuery(RESPONSE_STATUS)
  responseStatus?: number;

  @MayBeLeftOut()
  @ErrorCode()
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

/** The filters of a query, without its page. */
export type DeliveryConditions = Omit<DeliveryQuery, keyof PageQuery | 'expand'>;

/** The body of a bulk retry or discard. All conditions must match; without any, every dead letter does. */
export class SelectDeadLetters {
  @MayBeLeftOut()
  @Texts({
    items: { minLength: 1, maxLength: 64 },
    minItems: 1,
    maxItems: 1_000,
    uniqueItems: true,
    description: 'Ids of deliveries. A delivery that is not a dead letter counts as failed.',
    example: ['dlv_01jdbfz1x3e1ktm4v2n0c8q7ah'],
  })
  ids?: string[];

  @MayBeLeftOut()
  @OwnId({ description: 'Only those to this webhook.' })
  webhookId?: string;

  @MayBeLeftOut()
  @EventType()
  type?: string;

  @MayBeLeftOut()
  @Whole(RESPONSE_STATUS)
  responseStatus?: number;

  @MayBeLeftOut()
  @ErrorCode()
  errorCode?: string;

  @CreatedFrom()
  from?: Date;

  @CreatedBefore()
  to?: Date;
}

/**
 * The query in the repository's terms.
 *
 * @returns `undefined` when it names an id that cannot exist, so that nothing can match
 */
export function toDeliveryFilter(asked: DeliveryConditions): DeliveryFilter | undefined {
  const { q, type: eventType, ...others } = asked;
  const webhookId = asked.webhookId && fromTypeId('webhook', asked.webhookId);
  const eventId = asked.eventId && fromTypeId('event', asked.eventId);
  if ((asked.webhookId && !webhookId) || (asked.eventId && !eventId)) return undefined;
  const filter = { ...others, eventType, webhookId, eventId };
  return q === undefined ? filter : searched(filter, q);
}

/** The body in the repository's terms. An id that cannot exist is treated as one that does not. */
export function toSelection(body: SelectDeadLetters): DeadLetterSelection {
  const { ids, webhookId, type: eventType, ...others } = body;
  return {
    ...others,
    eventType,
    webhookId: webhookId && (fromTypeId('webhook', webhookId) ?? NOBODY),
    deliveryIds: ids?.map((id) => fromTypeId('delivery', id) ?? NOBODY),
  };
}

/** Runtime ids are never parsed: a text in the form of a Schoolbell id can still be a runtime's id. */
function searched(filter: DeliveryFilter, q: string): DeliveryFilter | undefined {
  const deliveryId = fromTypeId('delivery', q);
  if (deliveryId) return { ...filter, deliveryId };
  const eventId = fromTypeId('event', q);
  if (!eventId) return { ...filter, subjectId: q };
  return filter.eventId && filter.eventId !== eventId ? undefined : { ...filter, eventId };
}
