import { ApiProperty } from '@nestjs/swagger';
import { eventTypeNamed } from '@schoolbell/catalogue';

/**
 * Why nothing is sent. `not_listed`: the webhook does not listen to the type; `not_carried`: its format cannot carry
 * it; `filtered`: its filter turns it away; `template_failed`: its template gives no body.
 */
const UNSENT_REASONS = ['not_listed', 'not_carried', 'filtered', 'template_failed'] as const;
type UnsentReason = (typeof UNSENT_REASONS)[number];

export class UnsentDocument {
  @ApiProperty({ enum: UNSENT_REASONS })
  reason!: UnsentReason;

  @ApiProperty()
  message!: string;
}

/** The answer to `POST /v1/webhooks/preview`. */
export class PreviewDocument {
  @ApiProperty({ description: 'The event type whose example this is.' })
  type!: string;

  @ApiProperty()
  format!: string;

  @ApiProperty({ type: 'string', description: 'Where the request goes.' })
  url!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    nullable: true,
    description:
      'As they are sent, with a signature made now; credentials are masked. Null if no request can be made.',
  })
  headers!: Record<string, string> | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Null if no request can be made.',
  })
  body!: string | null;

  @ApiProperty({
    type: UnsentDocument,
    nullable: true,
    description: 'Why an event like this would not be sent; null when it would.',
  })
  unsent!: UnsentDocument | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description:
      'How the filter fails on the example; an event like this is sent. Null if it does not fail.',
  })
  filterError!: string | null;
}

export const PREVIEW_EXAMPLE: PreviewDocument = {
  type: 'session.completed',
  format: 'allureconnect',
  url: 'https://example.com/webhooks/schoolbell',
  headers: {
    'Content-Type': 'application/json',
    'webhook-id': 'evt_01jdbfz1x0e9tvhkq6yv3m2c4p',
    'webhook-timestamp': '1795185120',
    'webhook-signature': 'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
  },
  body: JSON.stringify({
    id: 'evt_01jdbfz1x0e9tvhkq6yv3m2c4p',
    type: 'session.completed',
    createdAt: '2026-11-22T14:32:00.000Z',
    data: eventTypeNamed('session.completed')!.example,
  }),
  unsent: null,
  filterError: null,
};
