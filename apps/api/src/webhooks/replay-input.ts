import { replayedTypes, type ReplaySelection, WEBHOOK_LIMITS } from '@schoolbell/delivery';
import type { WebhookRecord } from '@schoolbell/persistence';
import { MAX_NAME_LENGTH } from '../event-types/event-type-names.js';
import { Flag } from '../fields/flag.js';
import { Texts } from '../fields/list.js';
import { MayBeLeftOut } from '../fields/optional.js';
import { Instant } from '../fields/time.js';
import { validationFailed } from '../http/api-error.js';

/** The body of `POST /v1/webhooks/{id}/replay`. */
export class ReplayWebhook {
  @Instant({ description: 'Events accepted at this time or later.' })
  from!: string;

  @Instant({ description: 'Events accepted before this time.' })
  to!: string;

  @MayBeLeftOut()
  @Texts({
    items: { minLength: 1, maxLength: MAX_NAME_LENGTH },
    minItems: 1,
    maxItems: WEBHOOK_LIMITS.eventTypes,
    uniqueItems: true,
    description: 'Only these, out of the types that the webhook listens to.',
  })
  types?: string[];

  @MayBeLeftOut()
  @Flag({ default: false, description: 'Skips events that this webhook has already got.' })
  onlyMissing: boolean = false;
}

/**
 * The events to replay, by the webhook's present settings.
 *
 * @param now events accepted from this moment on are sent anyway
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
