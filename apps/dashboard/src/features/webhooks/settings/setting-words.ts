import type { WebhookDocument } from '@schoolbell/api-client';
import { inWords, scheduleInWords } from './durations.ts';
import { FORMATS } from './webhook-formats.ts';

type Settings = Partial<WebhookDocument> & { clientCertificate?: unknown };

/** The name of each kind of authentication. */
export const AUTHENTICATION_TITLES = {
  signature: 'Signature',
  none: 'None',
  basic: 'User name and password (Basic)',
  bearer: 'Bearer token',
  oauth2: 'OAuth 2.0 client credentials',
  form: 'User name and password in the form',
} as const;

/** A webhook's settings by their names in the API: a label for each, and its value in words. */
const WORDS: Record<string, { label: string; say: (settings: Settings) => string }> = {
  url: { label: 'URL', say: ({ url = '' }) => url },
  description: { label: 'Description', say: ({ description }) => description || 'None' },
  events: {
    label: 'Events',
    say: ({ events = [] }) => (events.includes('*') ? 'Everything' : events.join(', ')),
  },
  scopes: { label: 'Packages and dispatches', say: ({ scopes }) => scopesInWords(scopes) },
  format: { label: 'Format', say: ({ format }) => (format ? FORMATS[format].title : '') },
  authentication: {
    label: 'Authentication',
    say: ({ authentication }) => authenticationInWords(authentication),
  },
  headers: {
    label: 'Headers of its own',
    say: ({ headers }) => Object.keys(headers ?? {}).join(', ') || 'None',
  },
  tracing: {
    label: 'Traces',
    say: ({ tracing }) => (tracing ? 'Told by traceparent' : 'Not told'),
  },
  signature: { label: 'Signature header', say: ({ signature }) => signatureInWords(signature) },
  signing: {
    label: 'Signs with',
    say: ({ signing }) => (signing === 'ed25519' ? 'A key pair (Ed25519)' : 'A shared secret'),
  },
  retrySchedule: {
    label: 'Retry schedule',
    say: ({ retrySchedule = [] }) => scheduleInWords(retrySchedule),
  },
  timeoutSeconds: {
    label: 'Time-out',
    say: ({ timeoutSeconds = 10 }) => inWords(timeoutSeconds),
  },
  rateLimit: {
    label: 'Rate limit',
    say: ({ rateLimit }) => (rateLimit ? `${rateLimit} a second` : 'None'),
  },
  autoPauseAfter: {
    label: 'Pauses itself',
    say: ({ autoPauseAfter }) =>
      autoPauseAfter ? `After ${autoPauseAfter} failed attempts in a row` : 'Never',
  },
  fallbackUrl: { label: 'Fallback URL', say: ({ fallbackUrl }) => fallbackUrl || 'None' },
  ordering: {
    label: 'Order',
    say: ({ ordering }) =>
      ordering === 'session' ? 'Events of one session one after the other' : 'As they come',
  },
  delivery: { label: 'Requests', say: ({ delivery }) => deliveryInWords(delivery) },
  filter: { label: 'Filter', say: ({ filter }) => filter || 'None' },
  template: { label: 'Template', say: ({ template }) => template || 'None' },
  clientCertificate: {
    label: 'Client certificate',
    say: ({ clientCertificate }) => (clientCertificate ? 'Set' : 'None'),
  },
  ca: { label: 'Trusted authorities', say: ({ ca }) => (ca ? 'Its own' : 'The public ones') },
  metadata: {
    label: 'Metadata',
    say: ({ metadata }) =>
      Object.entries(metadata ?? {})
        .map(([name, value]) => `${name}: ${String(value)}`)
        .join(', ') || 'None',
  },
  cloudevents: { label: 'CloudEvents', say: ({ cloudevents }) => plain(cloudevents) },
  adobeAlm: { label: 'Adobe Learning Manager', say: ({ adobeAlm }) => plain(adobeAlm) },
  docebo: { label: 'Docebo', say: ({ docebo }) => plain(docebo) },
  scormCloud: { label: 'SCORM Cloud', say: ({ scormCloud }) => plain(scormCloud) },
  xapi: { label: 'xAPI', say: ({ xapi }) => plain(xapi) },
  secret: { label: 'Secret', say: () => 'One of your own' },
};

type SettingName = string;

export const labelOf = (name: SettingName): string => WORDS[name]?.label ?? name;
export const settingInWords = (name: SettingName, settings: Settings): string =>
  WORDS[name]?.say(settings) ?? '';

function scopesInWords(scopes: WebhookDocument['scopes'] | undefined): string {
  const { packageIds = [], dispatchIds = [] } = scopes ?? {};
  if (packageIds.length + dispatchIds.length === 0) return 'All of them';
  return [
    ...packageIds.map((id) => `package ${id}`),
    ...dispatchIds.map((id) => `dispatch ${id}`),
  ].join(', ');
}

function authenticationInWords(authentication: WebhookDocument['authentication'] | undefined) {
  if (!authentication) return 'Damaged: set it again';
  const { type, username, clientId, sign } = authentication;
  const who = username ?? clientId;
  const signed = sign === undefined ? '' : sign ? ', signed too' : ', not signed';
  const title = AUTHENTICATION_TITLES[type as keyof typeof AUTHENTICATION_TITLES];
  return `${title}${who ? `: ${who}` : ''}${signed}`;
}

function signatureInWords(signature: WebhookDocument['signature'] | null): string {
  if (!signature) return 'The format’s own';
  const { header, encoding, prefix } = signature;
  return [header, encoding, prefix && `prefix ${prefix}`].filter(Boolean).join(', ');
}

function deliveryInWords(delivery: WebhookDocument['delivery'] | undefined): string {
  if (delivery?.mode !== 'batch') return 'One event each';
  const { maxEvents, intervalSeconds = 60, coalesce } = delivery;
  const newest = coalesce ? ', only the newest progress of a session' : '';
  const most = maxEvents === undefined ? 'Many events' : `Up to ${maxEvents} events`;
  return `${most} each, after at most ${inWords(intervalSeconds)}${newest}`;
}

function plain(values: object | undefined): string {
  return (
    Object.entries(values ?? {})
      .map(([name, value]) => `${name} ${String(value)}`)
      .join(', ') || 'As usual'
  );
}
