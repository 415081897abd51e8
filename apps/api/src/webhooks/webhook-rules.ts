import type { EgressPolicy } from '@schoolbell/destinations';
import { checkCustomHeaders } from '@schoolbell/formats';
import { type FieldError, validationFailed } from '../http/api-error.js';
import { authenticationFaults } from './authentication-input.js';
import { caFaults } from './ca-rules.js';
import { clientCertificateFaults } from './client-certificate-input.js';
import { deliveryFaults } from './delivery-input.js';
import { metadataFaults } from './metadata.js';
import type { ChangeWebhook, CreateWebhook } from './webhook-input.js';

/**
 * Checks the rules of a webhook's settings that decorators of single fields cannot express.
 *
 * @param unknownTypes the listed events for which the tenant has no type
 * @throws ApiError `validation_failed` with every broken rule
 */
export function requireSoundSettings(
  input: ChangeWebhook | CreateWebhook,
  policy: EgressPolicy,
  unknownTypes: ReadonlySet<string>,
): void {
  const faults = [
    ...urlFaults('url', input.url, policy),
    ...urlFaults('fallbackUrl', input.fallbackUrl, policy),
    ...eventFaults(input.events ?? [], unknownTypes),
    ...(input.authentication ? authenticationFaults(input.authentication, policy) : []),
    ...headerFaults(input.headers ?? {}),
    ...tlsFaults(input, new Date()),
    ...metadataFaults(input.metadata ?? {}),
    ...(input.delivery ? deliveryFaults(input.delivery) : []),
  ];
  if (faults.length > 0) throw validationFailed(faults);
}

function tlsFaults({ clientCertificate, ca }: ChangeWebhook, now: Date): FieldError[] {
  return [
    ...(clientCertificate ? clientCertificateFaults(clientCertificate, now) : []),
    ...(typeof ca === 'string' ? caFaults(ca, now) : []),
  ];
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

function eventFaults(events: readonly string[], unknownTypes: ReadonlySet<string>): FieldError[] {
  return events.flatMap((event, i) =>
    unknownTypes.has(event)
      ? [{ path: `events[${i}]`, message: 'is not an event type; see GET /v1/event-types' }]
      : [],
  );
}

function headerFaults(headers: Record<string, unknown>): FieldError[] {
  return checkCustomHeaders(headers).map(({ header, message }) => ({
    path: header ? `headers.${header}` : 'headers',
    message,
  }));
}
