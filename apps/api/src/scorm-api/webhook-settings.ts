import type { WebhookStatus } from '@schoolbell/delivery';
import { validationFailed } from '../http/api-error.js';
import type { ChangeWebhook, CreateWebhook } from '../webhooks/webhook-input.js';
import { typeNamed } from './event-names.js';
import type { ChangeScormApiWebhook, RegisterScormApiWebhook } from './webhook-input.js';

/** The format of every webhook that is registered or shown here. */
export const FORMAT = 'scorm-api';

/** "Respond within 30 seconds", as its guide says. */
const TIMEOUT_SECONDS = 30;

/** @throws ApiError `validation_failed` without event types, or with both of their fields */
export function toCreateWebhook(input: RegisterScormApiWebhook): CreateWebhook {
  const { url, secret } = input;
  const events = eventsOf(input);
  if (!events) throw validationFailed([{ path: 'event_type', message: 'is required' }]);
  return {
    url,
    events,
    ...(secret !== undefined && { secret }),
    ...statusOf(input),
    format: FORMAT,
    timeoutSeconds: TIMEOUT_SECONDS,
  };
}

/** @throws ApiError `validation_failed` with both fields of event types */
export function toChangeWebhook(input: ChangeScormApiWebhook): ChangeWebhook {
  const { url } = input;
  const events = eventsOf(input);
  return { ...(url !== undefined && { url }), ...(events && { events }), ...statusOf(input) };
}

function eventsOf({ event_type, event_types }: ChangeScormApiWebhook): string[] | undefined {
  if (event_type !== undefined && event_types !== undefined) {
    const message = 'cannot be combined with event_types: send one of the two';
    throw validationFailed([{ path: 'event_type', message }]);
  }
  const names = event_types ?? (event_type === undefined ? undefined : [event_type]);
  return names?.map(typeNamed);
}

function statusOf({ is_active }: ChangeScormApiWebhook): { status?: WebhookStatus } {
  return is_active === undefined ? {} : { status: is_active ? 'active' : 'paused' };
}
