import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { eventTypeNamed } from '@schoolbell/catalogue';
import { toTypeId } from '@schoolbell/ids';
import { type Acceptance, type DeliveryStatus, type EventRecord } from '@schoolbell/delivery';
import type { EventWithSubjects, ListedEvent } from '@schoolbell/persistence';
import {
  DELIVERY_EXAMPLE,
  DeliveryDocument,
  presentDelivery,
} from '../deliveries/delivery-document.js';
import { storedData } from './stored-data.js';

const ID = 'evt_01jdbfz1x0e9tvhkq6yv3m2c4p';

/** The answer to a posted event. */
export class AcceptanceDocument {
  @ApiProperty({ description: 'The event; of a repeat, the first one.' })
  id!: string;

  @ApiProperty({ description: 'True for a repeat: nothing is sent twice.' })
  duplicate!: boolean;

  @ApiProperty({ type: 'integer', description: 'How many webhooks it goes to.' })
  deliveries!: number;
}

export class BatchAcceptanceDocument {
  @ApiProperty({ type: [AcceptanceDocument], description: 'In the order of the batch.' })
  data!: AcceptanceDocument[];
}

const SUBJECT_ID = { type: 'string', nullable: true } as const;

class EventDocument {
  @ApiProperty()
  id!: string;

  @ApiProperty({
    description: 'A name of `GET /v1/event-types`, or of a type that was deleted since.',
  })
  type!: string;

  @ApiProperty()
  tenantId!: string;

  @ApiProperty({ format: 'date-time', description: 'When it happened, as the runtime says.' })
  occurredAt!: string;

  @ApiProperty({ format: 'date-time' })
  acceptedAt!: string;

  @ApiProperty({
    ...SUBJECT_ID,
    description:
      'The session in `data`, even if `data` is not shown. Null also once the learner was forgotten.',
  })
  sessionId!: string | null;

  @ApiProperty({ ...SUBJECT_ID, description: 'The package in `data`.' })
  packageId!: string | null;

  @ApiProperty({ ...SUBJECT_ID, description: 'The dispatch in `data`.' })
  dispatchId!: string | null;

  @ApiProperty({
    ...SUBJECT_ID,
    description:
      'The learner in `data`, where it may be called `userId`. Null also once they were forgotten.',
  })
  learnerId!: string | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description:
      'As it was posted. Null for viewers unless the tenant shows it to them, if it was erased, and if it is damaged and cannot be sent.',
  })
  data!: unknown;

  @ApiPropertyOptional({
    description:
      'True when its learner was forgotten (`POST /v1/erasures`). Left out for all others.',
  })
  erased?: true;

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'When it was erased; present with `erased`.',
  })
  erasedAt?: string;
}

export class EventWithDeliveriesDocument extends EventDocument {
  @ApiProperty({
    type: [DeliveryDocument],
    description: 'Oldest first; none if no webhook wanted it.',
  })
  deliveries!: DeliveryDocument[];
}

/** How many deliveries of an event are in each state. */
class DeliveryCountsDocument implements Record<DeliveryStatus, number> {
  @ApiProperty({ type: 'integer' })
  pending!: number;

  @ApiProperty({ type: 'integer' })
  held!: number;

  @ApiProperty({ type: 'integer' })
  delivered!: number;

  @ApiProperty({ type: 'integer' })
  dead!: number;

  @ApiProperty({ type: 'integer' })
  discarded!: number;
}

/** An event in a list. */
export class ListedEventDocument extends EventDocument {
  @ApiProperty({
    type: [DeliveryDocument],
    description:
      'The first five; none if no webhook wanted it. `GET /v1/events/{id}` has them all.',
  })
  deliveries!: DeliveryDocument[];

  @ApiProperty({ description: 'How many deliveries have which status, counted up to 100.' })
  deliveryCounts!: DeliveryCountsDocument;

  @ApiProperty({ description: 'True if 100 were counted and there may be more.' })
  moreDeliveries!: boolean;
}

const COMPLETED = eventTypeNamed('session.completed')!.example;

const { sessionId, packageId, dispatchId, learnerId } = COMPLETED as Record<string, string>;
const SUBJECTS_OF_EXAMPLE = { sessionId, packageId, dispatchId, learnerId };

export const POSTED_EVENT_EXAMPLE = {
  type: 'session.completed',
  occurredAt: '2026-11-22T14:32:00.000Z',
  idempotencyKey: 'sess_abc123-completed',
  data: COMPLETED,
};

export const ACCEPTANCE_EXAMPLE = { id: ID, duplicate: false, deliveries: 2 };

const EVENT_EXAMPLE = {
  id: ID,
  type: 'session.completed',
  tenantId: 'ten_01jcfpwpg0fgx9p79fda74r401',
  occurredAt: '2026-11-22T14:32:00.000Z',
  acceptedAt: '2026-11-22T14:32:00.412Z',
  ...SUBJECTS_OF_EXAMPLE,
  data: COMPLETED,
};

export const LISTED_EVENT_EXAMPLE = {
  ...EVENT_EXAMPLE,
  deliveries: [DELIVERY_EXAMPLE],
  deliveryCounts: { pending: 1, held: 0, delivered: 0, dead: 0, discarded: 0 },
  moreDeliveries: false,
};

export const EVENT_WITH_DELIVERIES_EXAMPLE = { ...EVENT_EXAMPLE, deliveries: [DELIVERY_EXAMPLE] };

export function presentAcceptance(
  acceptance: Extract<Acceptance, { kind: 'accepted' }>,
): AcceptanceDocument {
  const { eventId, duplicate, deliveries } = acceptance;
  return { id: toTypeId('event', eventId), duplicate, deliveries };
}

export function presentEvent(event: EventWithSubjects): EventDocument {
  return {
    id: toTypeId('event', event.id),
    type: event.type,
    tenantId: toTypeId('tenant', event.tenantId),
    occurredAt: event.occurredAt.toISOString(),
    acceptedAt: event.acceptedAt.toISOString(),
    sessionId: event.sessionId,
    packageId: event.packageId,
    dispatchId: event.dispatchId,
    learnerId: event.learnerId,
    data: storedData(event),
    ...(event.erasedAt && { erased: true as const, erasedAt: event.erasedAt.toISOString() }),
  };
}

/** An event without its data, for readers who may not see it. */
export function withoutData<Shown extends EventRecord>(event: Shown): Shown {
  return { ...event, payload: 'null' };
}

export function presentListedEvent(event: ListedEvent): ListedEventDocument {
  const { first, counts, more } = event.deliveries;
  return {
    ...presentEvent(event),
    deliveries: first.map(presentDelivery),
    deliveryCounts: counts,
    moreDeliveries: more,
  };
}
