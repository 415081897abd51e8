import { EVENT_TYPE_NAMES } from '@schoolbell/catalogue';
import { ALL_EVENTS, type EgressPolicy } from '@schoolbell/delivery';
import { carries, checkCustomHeaders, formatNamed } from '@schoolbell/formats';
import { checkSecret } from '@schoolbell/signing';
import { ApiError, type FieldError, validationFailed } from '../http/api-error.js';
import { authenticationFaults } from './authentication-input.js';
import type { DeliveryInput } from './delivery-input.js';
import { metadataFaults } from './metadata.js';
import type { ChangeWebhook, CreateWebhook } from './webhook-input.js';

type Input = ChangeWebhook & Pick<Partial<CreateWebhook>, 'secret'>;

/**
 * The rules of a webhook's settings that a single field's decorators cannot say.
 *
 * @throws ApiError `validation_failed` with every broken rule
 */
export function requireSoundSettings(input: Input, policy: EgressPolicy): void {
  const faults = [
    ...urlFaults('url', input.url, policy),
    ...urlFaults('fallbackUrl', input.fallbackUrl, policy),
    ...eventFaults(input.events ?? []),
    ...(input.authentication ? authenticationFaults(input.authentication, policy) : []),
    ...headerFaults(input.headers ?? {}),
    ...metadataFaults(input.metadata ?? {}),
    ...(input.delivery ? deliveryFaults(input.delivery) : []),
    ...secretFaults(input.secret),
  ];
  if (faults.length > 0) throw validationFailed(faults);
}

/**
 * A webhook gets no event that its format has no place for. Of one that this version does not know, stored by
 * another, nothing can be said: its attempts will tell.
 *
 * @throws ApiError `format_cannot_carry` with those that it cannot, and the list of those it can
 */
export function requireCarriedEvents(format: string, events: readonly string[]): void {
  const wire = formatNamed(format);
  if (!wire) return;
  const carried = EVENT_TYPE_NAMES.filter((name) => carries(wire, name));
  const errors = events.flatMap((event, i) => {
    const fits =
      event === ALL_EVENTS ? carried.length === EVENT_TYPE_NAMES.length : carried.includes(event);
    return fits ? [] : [{ path: `events[${i}]`, message: `cannot be carried by ${format}` }];
  });
  if (errors.length === 0) return;
  throw new ApiError(
    'format_cannot_carry',
    `The format ${format} can carry: ${carried.join(', ')}.`,
    { errors },
  );
}

/** For `secret` wherever a customer may bring one. */
export function secretFaults(secret: string | undefined): FieldError[] {
  if (secret === undefined) return [];
  const check = checkSecret(secret);
  return check.ok ? [] : [{ path: 'secret', message: check.message }];
}

function urlFaults(
  path: string,
  url: string | null | undefined,
  policy: EgressPolicy,
): FieldError[] {
  if (url === undefined || url === null) return [];
  const check = policy.checkUrl(url);
  return check.ok ? [] : [{ path, message: check.message }];
}

function eventFaults(events: readonly string[]): FieldError[] {
  return events.flatMap((event, i) =>
    event === ALL_EVENTS || EVENT_TYPE_NAMES.includes(event)
      ? []
      : [{ path: `events[${i}]`, message: 'is not an event type; see GET /v1/event-types' }],
  );
}

function headerFaults(headers: Record<string, unknown>): FieldError[] {
  return checkCustomHeaders(headers).map(({ header, message }) => ({
    path: header ? `headers.${header}` : 'headers',
    message,
  }));
}

/** No format of this release has room for several events; those that do come with batching. */
function deliveryFaults(delivery: DeliveryInput): FieldError[] {
  if (delivery.mode === 'batch') {
    return [{ path: 'delivery.mode', message: 'is single: this format takes one event a request' }];
  }
  const fields = ['maxEvents', 'intervalSeconds', 'coalesce'] as const;
  return fields
    .filter((field) => delivery[field] !== undefined)
    .map((field) => ({ path: `delivery.${field}`, message: 'belongs to the mode batch' }));
}
