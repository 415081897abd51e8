import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  DELIVERY_STATUSES,
  DISCARD_REASONS,
  FALLBACK_STATUSES,
  type DeliveryStatus,
  type DiscardReason,
  type FallbackStatus,
} from '@schoolbell/delivery';
import { toTypeId } from '@schoolbell/ids';
import type { DeliveryRow } from '@schoolbell/persistence';
import { EventSubjectsDocument, presentSubjects } from './event-subjects-document.js';

class LastAttemptDocument {
  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Null when no answer came.' })
  responseStatus!: number | null;

  @ApiProperty({ type: 'string', nullable: true, description: 'Null for a success.' })
  errorCode!: string | null;

  @ApiProperty({ type: 'integer', nullable: true })
  durationMs!: number | null;
}

/** The progress of sending a dead letter to the webhook's `fallbackUrl`. */
class FallbackDocument {
  @ApiProperty({
    enum: FALLBACK_STATUSES,
    description: '`discarded`: the dead letter was retried or discarded, or the fallback is gone.',
  })
  status!: FallbackStatus;

  @ApiProperty({ type: LastAttemptDocument, nullable: true })
  lastAttempt!: LastAttemptDocument | null;
}

/** A delivery in a list. */
export class DeliveryDocument {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  tenantId!: string;

  @ApiProperty()
  eventId!: string;

  @ApiProperty()
  eventType!: string;

  @ApiProperty()
  webhookId!: string;

  @ApiProperty({ enum: DELIVERY_STATUSES, description: '`held`: its webhook is paused.' })
  status!: DeliveryStatus;

  @ApiPropertyOptional({
    enum: DISCARD_REASONS,
    description:
      'Why a delivery was `discarded` without anybody doing it by hand: the filter of its webhook turned the event away, the format has no place for the event, or the event was erased.',
  })
  discardReason?: DiscardReason;

  @ApiProperty({ description: 'True for a test of the webhook.' })
  test!: boolean;

  @ApiProperty({ type: 'integer' })
  attemptCount!: number;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description:
      'Null unless the delivery is pending. While it is collected for a batch, the latest time: a full batch is sent earlier.',
  })
  nextAttemptAt!: string | null;

  @ApiProperty({ type: LastAttemptDocument, nullable: true })
  lastAttempt!: LastAttemptDocument | null;

  @ApiProperty({
    type: FallbackDocument,
    nullable: true,
    description: 'Null unless it was dead-lettered while its webhook had a `fallbackUrl`.',
  })
  fallback!: FallbackDocument | null;

  @ApiPropertyOptional({
    description:
      'The delivery that was sent instead of this one, by `coalesce`. Left out for all others.',
  })
  coalescedInto?: string;

  @ApiPropertyOptional({
    description:
      'True when the learner of its event was forgotten (`POST /v1/erasures`): bodies, headers and answers of its attempts are gone, and it cannot be sent again. Left out for all others.',
  })
  erased?: true;

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'When it was erased; present with `erased`.',
  })
  erasedAt?: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;

  @ApiPropertyOptional({
    type: EventSubjectsDocument,
    nullable: true,
    description: 'Present only with `expand=event`. Null once the event was pruned.',
  })
  event?: EventSubjectsDocument | null;
}

export const DELIVERY_EXAMPLE: DeliveryDocument = {
  id: 'dlv_01jdbfz1x3e1ktm4v2n0c8q7ah',
  tenantId: 'ten_01jcfpwpg0fgx9p79fda74r401',
  eventId: 'evt_01jdbfz1x0e9tvhkq6yv3m2c4p',
  eventType: 'session.completed',
  webhookId: 'wh_01jcfpwpg0fgx9p79fda74r401',
  status: 'pending',
  test: false,
  attemptCount: 1,
  nextAttemptAt: '2026-11-22T14:32:31.204Z',
  lastAttempt: {
    at: '2026-11-22T14:32:00.431Z',
    responseStatus: 503,
    errorCode: 'http_status',
    durationMs: 87,
  },
  fallback: null,
  createdAt: '2026-11-22T14:32:00.412Z',
  updatedAt: '2026-11-22T14:32:00.520Z',
};

export function presentDelivery(row: DeliveryRow): DeliveryDocument {
  return {
    id: toTypeId('delivery', row.id),
    tenantId: toTypeId('tenant', row.tenantId),
    eventId: toTypeId('event', row.eventId),
    eventType: row.eventType,
    webhookId: toTypeId('webhook', row.webhookId),
    status: row.status,
    ...(row.discardReason !== null && { discardReason: row.discardReason }),
    test: row.test,
    attemptCount: row.attemptCount,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
    lastAttempt: presentLastAttempt(row.lastAttempt),
    fallback: row.fallback && {
      status: row.fallback.status,
      lastAttempt: presentLastAttempt(row.fallback.lastAttempt),
    },
    ...(row.coalescedInto !== null && { coalescedInto: toTypeId('delivery', row.coalescedInto) }),
    ...(row.erasedAt !== null && { erased: true as const, erasedAt: row.erasedAt.toISOString() }),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    ...(row.event !== undefined && { event: row.event && presentSubjects(row.event) }),
  };
}

function presentLastAttempt(attempt: DeliveryRow['lastAttempt']): LastAttemptDocument | null {
  return attempt && { ...attempt, at: attempt.at.toISOString() };
}
