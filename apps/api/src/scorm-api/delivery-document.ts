import { ApiProperty } from '@nestjs/swagger';
import { DELIVERY_STATUSES, type DeliveryStatus } from '@schoolbell/delivery';
import { DELIVERY_EXAMPLE, type DeliveryDocument } from '../deliveries/delivery-document.js';
import { nameOf } from './event-names.js';

/** A delivery in the terms of the SCORM API. Its guide shows none, so the fields are Schoolbell's. */
class ScormApiDeliveryDocument {
  @ApiProperty({ description: 'The `delivery_id` of its body; the same as in `/v1/deliveries`.' })
  id!: string;

  @ApiProperty()
  webhook_id!: string;

  @ApiProperty({ description: 'The `event` of its body.' })
  event_type!: string;

  @ApiProperty({ enum: DELIVERY_STATUSES })
  status!: DeliveryStatus;

  @ApiProperty({ type: 'integer', description: 'How many attempts were made.' })
  attempts!: number;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Of the last attempt.' })
  response_status!: number | null;

  @ApiProperty({ type: 'string', nullable: true, description: 'Of the last attempt, a code.' })
  error!: string | null;

  @ApiProperty({ format: 'date-time' })
  created_at!: string;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'When the receiver had answered with success.',
  })
  delivered_at!: string | null;
}

/** A page of deliveries. */
export class ScormApiDeliveriesDocument {
  @ApiProperty({ type: [ScormApiDeliveryDocument], description: 'Newest first.' })
  deliveries!: ScormApiDeliveryDocument[];

  @ApiProperty({ type: 'string', nullable: true, description: 'Null on the last page.' })
  next_cursor!: string | null;
}

export const SCORM_API_DELIVERY_EXAMPLE = presentScormApiDelivery(DELIVERY_EXAMPLE);

export function presentScormApiDelivery(delivery: DeliveryDocument): ScormApiDeliveryDocument {
  const { lastAttempt } = delivery;
  return {
    id: delivery.id,
    webhook_id: delivery.webhookId,
    event_type: nameOf(delivery.eventType),
    status: delivery.status,
    attempts: delivery.attemptCount,
    response_status: lastAttempt?.responseStatus ?? null,
    error: lastAttempt?.errorCode ?? null,
    created_at: delivery.createdAt,
    delivered_at: deliveredAt(delivery),
  };
}

function deliveredAt({ status, lastAttempt }: DeliveryDocument): string | null {
  if (status !== 'delivered' || !lastAttempt) return null;
  return new Date(Date.parse(lastAttempt.at) + (lastAttempt.durationMs ?? 0)).toISOString();
}
