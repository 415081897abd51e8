import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { toTypeId } from '@schoolbell/ids';
import type { WebhookRecord } from '@schoolbell/persistence';
import { EVENT_NAMES, nameOf } from './event-names.js';

/** A webhook in the terms of the SCORM API. */
export class ScormApiWebhookDocument {
  @ApiProperty({ description: 'The same as in `/v1/webhooks`.' })
  id!: string;

  @ApiProperty({ description: 'The same as in the body of every delivery.' })
  tenant_id!: string;

  @ApiProperty()
  url!: string;

  @ApiProperty({ enum: EVENT_NAMES, description: 'The first of `event_types`.' })
  event_type!: string;

  @ApiProperty({ description: 'False while it is paused, by hand or after failures.' })
  is_active!: boolean;

  @ApiProperty({ format: 'date-time' })
  created_at!: string;

  @ApiProperty({
    type: 'array',
    items: { type: 'string', enum: [...EVENT_NAMES] },
    description:
      'All event types that it listens to. Schoolbell’s own field: the SCORM API does not have it.',
  })
  event_types!: string[];
}

/** The answer to a registration. */
export class NewScormApiWebhookDocument extends ScormApiWebhookDocument {
  @ApiPropertyOptional({ description: 'Shown only once, and only if it was generated.' })
  secret?: string;
}

/** A page of webhooks. */
export class ScormApiWebhooksDocument {
  @ApiProperty({ type: [ScormApiWebhookDocument], description: 'Newest first.' })
  webhooks!: ScormApiWebhookDocument[];

  @ApiProperty({ type: 'string', nullable: true, description: 'Null on the last page.' })
  next_cursor!: string | null;
}

export const SCORM_API_WEBHOOK_EXAMPLE: ScormApiWebhookDocument = {
  id: 'wh_01jcfpwpg0fgx9p79fda74r401',
  tenant_id: '550e8400-e29b-41d4-a716-446655440000',
  url: 'https://your-app.com/api/webhooks/scorm',
  event_type: 'package.processing.completed',
  is_active: true,
  created_at: '2026-11-22T09:30:00.000Z',
  event_types: ['package.processing.completed'],
};

/** @param tenantId the id by which receivers of the SCORM API know the tenant */
export function presentScormApiWebhook(
  { id, url, eventTypes, status, createdAt }: WebhookRecord,
  tenantId: string,
): ScormApiWebhookDocument {
  const names = eventTypes.map(nameOf);
  return {
    id: toTypeId('webhook', id),
    tenant_id: tenantId,
    url,
    event_type: names[0]!,
    is_active: status === 'active',
    created_at: createdAt.toISOString(),
    event_types: names,
  };
}
