import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { EVENT_TYPE_NAMES } from '@schoolbell/catalogue';
import { replayedTypes, type ReplaySelection } from '@schoolbell/delivery';
import type { WebhookRecord } from '@schoolbell/persistence';
import { ArrayMinSize, ArrayUnique, IsArray, IsBoolean, IsIn } from 'class-validator';
import { validationFailed } from '../http/api-error.js';
import { IsInstant } from '../http/instant.js';
import { MayBeLeftOut } from '../http/optional.js';

/** The body of `POST /v1/webhooks/{id}/replay`. */
export class ReplayWebhook {
  @ApiProperty({ format: 'date-time', description: 'Events accepted at this time or later.' })
  @IsInstant()
  from!: string;

  @ApiProperty({ format: 'date-time', description: 'Events accepted before this time.' })
  @IsInstant()
  to!: string;

  @ApiPropertyOptional({
    type: 'array',
    items: { type: 'string', enum: [...EVENT_TYPE_NAMES] },
    minItems: 1,
    uniqueItems: true,
    description: 'Only these, of the types that the webhook listens to.',
  })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(EVENT_TYPE_NAMES, {
    each: true,
    message: 'types must be event types; see GET /v1/event-types',
  })
  types?: string[];

  @ApiPropertyOptional({
    type: 'boolean',
    default: false,
    description: 'Skips the events that this webhook got.',
  })
  @MayBeLeftOut()
  @IsBoolean()
  onlyMissing: boolean = false;
}

/**
 * What is replayed, by the settings of the webhook as they are now.
 *
 * @param now events accepted from here on are sent anyway
 * @throws ApiError `validation_failed` for a range that ends before it begins
 */
export function toReplaySelection(
  body: ReplayWebhook,
  webhook: WebhookRecord,
  now: Date,
): ReplaySelection {
  const [from, to] = [new Date(body.from), new Date(body.to)];
  if (to < from) throw validationFailed([{ path: 'to', message: 'must not be before from' }]);
  return {
    webhookId: webhook.id,
    from,
    to: to < now ? to : now,
    eventTypes: replayedTypes(webhook.eventTypes, body.types),
    listedTypes: webhook.eventTypes,
    packageIds: webhook.packageIds,
    dispatchIds: webhook.dispatchIds,
    onlyMissing: body.onlyMissing,
  };
}
