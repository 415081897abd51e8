import {
  DEFAULT_AUTO_PAUSE_AFTER,
  DEFAULT_FORMAT,
  DEFAULT_RETRY_SCHEDULE,
  DEFAULT_TIMEOUT_SECONDS,
} from '@schoolbell/delivery';
import { isSensitiveHeader, REDACTED } from '@schoolbell/formats';
import type { WebhookRecord, WebhookSettings } from '@schoolbell/persistence';
import { toAuthentication } from './authentication-input.js';
import type { Metadata } from './metadata.js';
import type { ChangeWebhook, CreateWebhook } from './webhook-input.js';

const DEFAULTS = {
  description: '',
  packageIds: [],
  dispatchIds: [],
  format: DEFAULT_FORMAT,
  authentication: { type: 'signature' },
  headers: {},
  timeoutSeconds: DEFAULT_TIMEOUT_SECONDS,
  retrySchedule: [...DEFAULT_RETRY_SCHEDULE],
  rateLimit: null,
  fallbackUrl: null,
  autoPauseAfter: DEFAULT_AUTO_PAUSE_AFTER,
  delivery: { mode: 'single' },
  ordering: 'none',
  metadata: {},
} satisfies Omit<WebhookSettings, 'url' | 'eventTypes'>;

/** The settings of a new webhook: what was given, defaults for the rest. */
export function newSettings(input: CreateWebhook): WebhookSettings {
  return { ...DEFAULTS, ...givenSettings(input), url: input.url, eventTypes: input.events };
}

/** The settings that a change touches. A masked header value that comes back stands for the old value. */
export function changedSettings(
  input: ChangeWebhook,
  old: WebhookRecord,
): Partial<WebhookSettings> {
  const given = givenSettings(input);
  return given.headers ? { ...given, headers: unmask(given.headers, old.headers) } : given;
}

function givenSettings(input: ChangeWebhook): Partial<WebhookSettings> {
  const { events, scopes, authentication, headers, metadata, delivery, status: _, ...same } = input;
  return withoutUndefined({
    ...withoutSecret(same),
    eventTypes: events,
    packageIds: scopes?.packageIds,
    dispatchIds: scopes?.dispatchIds,
    authentication: authentication && toAuthentication(authentication),
    headers: headers as Record<string, string> | undefined,
    metadata: metadata as Metadata | undefined,
    delivery: delivery && { mode: 'single' },
  });
}

/** A secret is no setting: it is stored, shown and rotated apart from them. */
function withoutSecret<T extends object>(input: T): Omit<T, 'secret'> {
  const { secret: _, ...rest } = input as T & { secret?: string };
  return rest;
}

function withoutUndefined<T extends object>(fields: T): Partial<T> {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as Partial<T>;
}

function unmask(
  headers: Record<string, string>,
  old: Record<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      const masked = value === REDACTED && isSensitiveHeader(name);
      return [name, masked ? (old[name] ?? value) : value];
    }),
  );
}
