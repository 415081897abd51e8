import { ApiProperty } from '@nestjs/swagger';
import { DELIVERY_STATUSES, type DeliveryStatus } from '@schoolbell/delivery';
import { toTypeId } from '@schoolbell/ids';
import type { ExplainedWebhook } from '@schoolbell/persistence';
import {
  DELIVERY_EXAMPLE,
  DeliveryDocument,
  presentDelivery,
} from '../deliveries/delivery-document.js';
import { EXPLANATION_CODES, type ExplanationCode, type Reason } from './explanation-reason.js';

/** What became of an event at a webhook: the status of its delivery, or why there is none. */
const EXPLAINED_STATUSES = [...DELIVERY_STATUSES, 'unwanted', 'fanning_out'] as const;
export type ExplainedStatus = DeliveryStatus | 'unwanted' | 'fanning_out';

const WEBHOOK_STATUSES = ['active', 'paused', 'deleted'] as const;

class ReasonDocument implements Reason {
  @ApiProperty({ enum: EXPLANATION_CODES, description: 'Stable.' })
  code!: ExplanationCode;

  @ApiProperty({ description: 'The same, in a sentence.' })
  message!: string;
}

/** What happened to an event at one webhook. */
export class WebhookExplanationDocument {
  @ApiProperty()
  webhookId!: string;

  @ApiProperty()
  description!: string;

  @ApiProperty()
  url!: string;

  @ApiProperty({ enum: WEBHOOK_STATUSES })
  webhookStatus!: (typeof WEBHOOK_STATUSES)[number];

  @ApiProperty({
    enum: EXPLAINED_STATUSES,
    description:
      'The status of its delivery. `unwanted`: there is no delivery. `fanning_out`: this is decided within seconds.',
  })
  status!: ExplainedStatus;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'The newest delivery, if there are several.',
  })
  deliveryId!: string | null;

  @ApiProperty({ type: DeliveryDocument, nullable: true })
  delivery!: DeliveryDocument | null;

  @ApiProperty({
    type: [ReasonDocument],
    description: 'Every reason for the status, by the settings of the webhook today.',
  })
  reasons!: ReasonDocument[];

  @ApiProperty({
    format: 'date-time',
    description:
      'Since when the webhook has its present events, scope, format and filter, or is deleted.',
  })
  since!: string;
}

export const EXPLANATION_EXAMPLES: WebhookExplanationDocument[] = [
  {
    webhookId: 'wh_01jdbfz1x3e1ktm4v2n0c8q7ah',
    description: 'Certificates',
    url: 'https://certificates.example.com/hooks',
    webhookStatus: 'active',
    status: 'unwanted',
    deliveryId: null,
    delivery: null,
    reasons: [
      {
        code: 'type_not_listed',
        message: 'The webhook does not list session.completed; it lists certificate.awarded.',
      },
    ],
    since: '2026-11-20T09:00:00.000Z',
  },
  {
    webhookId: DELIVERY_EXAMPLE.webhookId,
    description: 'Completions for HR',
    url: 'https://hr.example.com/hooks',
    webhookStatus: 'active',
    status: DELIVERY_EXAMPLE.status,
    deliveryId: DELIVERY_EXAMPLE.id,
    delivery: DELIVERY_EXAMPLE,
    reasons: [],
    since: '2026-11-19T16:20:00.000Z',
  },
];

export function presentExplanation(
  webhook: ExplainedWebhook,
  status: ExplainedStatus,
  reasons: Reason[],
): WebhookExplanationDocument {
  const delivery = webhook.delivery && presentDelivery(webhook.delivery);
  return {
    webhookId: toTypeId('webhook', webhook.id),
    description: webhook.description,
    url: webhook.url,
    webhookStatus: webhook.deletedAt === null ? webhook.status : 'deleted',
    status,
    deliveryId: delivery && delivery.id,
    delivery,
    reasons,
    since: webhook.since.toISOString(),
  };
}
