import type { CreateWebhook, WebhookDocument } from '@schoolbell/api-client';
import { scheduleInWords } from '../settings/durations.ts';
import type { AuthenticationType, Format } from '../settings/webhook-formats.ts';

export interface NamedValue {
  name: string;
  value: string;
}

/** A webhook's settings as they are entered: numbers are text until they are sent, and settings left out are empty. */
export interface WebhookValues {
  url: string;
  description: string;
  events: string[];
  /** One id per line. */
  packageIds: string;
  dispatchIds: string;
  format: Format;
  cloudevents: { mode: 'structured' | 'binary'; handshake: boolean };
  adobeAlm: { accountId: string };
  docebo: { webhookId: string };
  scormCloud: { envelope: 'postback' | 'webhook' };
  xapi: { version: '1.0.3' | '2.0.0'; style: 'single' | 'split'; actor: 'account' | 'mbox' };
  authentication: {
    type: AuthenticationType;
    username: string;
    password: string;
    token: string;
    tokenUrl: string;
    clientId: string;
    clientSecret: string;
    scope: string;
    audience: string;
    sign: 'default' | 'yes' | 'no';
  };
  signing: 'hmac-sha256' | 'ed25519';
  signature: { header: string; encoding: '' | 'hex' | 'base64'; prefix: string };
  /** The user's own secret; for new webhooks only. */
  secret: string;
  headers: NamedValue[];
  tracing: boolean;
  /** "30 s, 2 min". */
  retrySchedule: string;
  timeoutSeconds: string;
  rateLimit: string;
  autoPauseAfter: string;
  fallbackUrl: string;
  ordering: 'none' | 'session';
  delivery: {
    mode: 'single' | 'batch';
    maxEvents: string;
    intervalSeconds: string;
    coalesce: boolean;
  };
  filter: string;
  template: string;
  /** `kept`: the stored certificate stays; its key is never shown. */
  clientCertificate: { state: 'none' | 'kept' | 'new'; certificate: string; key: string };
  ca: string;
  metadata: NamedValue[];
}

/** The API's defaults for a new webhook. */
export const NEW_WEBHOOK: WebhookValues = {
  url: '',
  description: '',
  events: ['session.completed'],
  packageIds: '',
  dispatchIds: '',
  format: 'allureconnect',
  cloudevents: { mode: 'structured', handshake: false },
  adobeAlm: { accountId: '' },
  docebo: { webhookId: '' },
  scormCloud: { envelope: 'postback' },
  xapi: { version: '1.0.3', style: 'single', actor: 'account' },
  authentication: {
    type: 'signature',
    username: '',
    password: '',
    token: '',
    tokenUrl: '',
    clientId: '',
    clientSecret: '',
    scope: '',
    audience: '',
    sign: 'default',
  },
  signing: 'hmac-sha256',
  signature: { header: '', encoding: '', prefix: '' },
  secret: '',
  headers: [],
  tracing: false,
  retrySchedule: scheduleInWords([30, 120, 600, 3_600, 21_600]),
  timeoutSeconds: '10',
  rateLimit: '',
  autoPauseAfter: '5',
  fallbackUrl: '',
  ordering: 'none',
  delivery: { mode: 'single', maxEvents: '', intervalSeconds: '60', coalesce: false },
  filter: '',
  template: '',
  clientCertificate: { state: 'none', certificate: '', key: '' },
  ca: '',
  metadata: [],
};

/** A webhook's settings for the form. Values that are never shown are empty. */
export function valuesOf(webhook: WebhookDocument): WebhookValues {
  const { authentication, delivery, signature, scopes } = webhook;
  const text = (value: number | null | undefined) => (value == null ? '' : String(value));
  return {
    ...NEW_WEBHOOK,
    url: webhook.url,
    description: webhook.description,
    events: webhook.events,
    packageIds: scopes.packageIds.join('\n'),
    dispatchIds: scopes.dispatchIds.join('\n'),
    format: webhook.format,
    cloudevents: { ...NEW_WEBHOOK.cloudevents, ...webhook.cloudevents },
    adobeAlm: { accountId: text(webhook.adobeAlm?.accountId) },
    docebo: { webhookId: text(webhook.docebo?.webhookId) },
    scormCloud: { ...NEW_WEBHOOK.scormCloud, ...webhook.scormCloud },
    xapi: { ...NEW_WEBHOOK.xapi, ...webhook.xapi },
    authentication: authenticationOf(authentication),
    signing: webhook.signing,
    signature: { ...NEW_WEBHOOK.signature, ...signature },
    headers: namedValuesOf(webhook.headers ?? {}),
    tracing: webhook.tracing,
    retrySchedule: scheduleInWords(webhook.retrySchedule),
    timeoutSeconds: text(webhook.timeoutSeconds),
    rateLimit: text(webhook.rateLimit),
    autoPauseAfter: text(webhook.autoPauseAfter),
    fallbackUrl: webhook.fallbackUrl ?? '',
    ordering: webhook.ordering,
    delivery: {
      mode: delivery.mode,
      maxEvents: text(delivery.maxEvents),
      intervalSeconds: text(delivery.intervalSeconds) || NEW_WEBHOOK.delivery.intervalSeconds,
      coalesce: delivery.coalesce ?? false,
    },
    filter: webhook.filter ?? '',
    template: webhook.template ?? '',
    clientCertificate: {
      ...NEW_WEBHOOK.clientCertificate,
      state: webhook.clientCertificate ? 'kept' : 'none',
    },
    ca: webhook.ca ?? '',
    metadata: namedValuesOf(webhook.metadata),
  };
}

function authenticationOf(
  stored: WebhookDocument['authentication'],
): WebhookValues['authentication'] {
  const { sign, ...texts } = stored ?? {};
  const chosen = sign === undefined ? 'default' : sign ? 'yes' : 'no';
  return { ...NEW_WEBHOOK.authentication, ...texts, sign: chosen };
}

const namedValuesOf = (values: Readonly<Record<string, unknown>>): NamedValue[] =>
  Object.entries(values).map(([name, value]) => ({ name, value: String(value) }));

/** Everything that the API takes for a webhook. */
export type WebhookBody = Omit<CreateWebhook, 'status'>;
