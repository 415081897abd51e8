import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { replayedTypes, type ReplaySelection, WEBHOOK_LIMITS } from '@schoolbell/delivery';
import type { WebhookRecord } from '@schoolbell/persistence';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsString,
  Length,
} from 'class-validator';
import { MAX_NAME_LENGTH } from '../event-types/event-type-names.js';
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
    items: { type: 'string', minLength: 1, maxLength: MAX_NAME_LENGTH },
    minItems: 1,
    maxItems: WEBHOOK_LIMITS.eventTypes,
    uniqueItems: true,
    description: 'Only these, out of the types that the webhook listens to.',
  })
  @MayBeLeftOut()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(WEBHOOK_LIMITS.eventTypes)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, MAX_NAME_LENGTH, { each: true })
  types?: string[];

  @ApiPropertyOptional({
    type: 'boolean',
    default: false,
    description: 'Skips events that this webhook has already got.',
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
