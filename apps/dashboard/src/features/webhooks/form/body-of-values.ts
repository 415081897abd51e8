import type { AuthenticationInput, DeliveryInput } from '@schoolbell/api-client';
import { scheduleOf, secondsOf } from '../settings/durations.ts';
import { FORMATS, type AuthenticationType } from '../settings/webhook-formats.ts';
import type { NamedValue, WebhookBody, WebhookValues } from './webhook-values.ts';

/** The API's body, from what was entered. The API validates it; only what cannot be sent is caught here. */
export function bodyOf(values: WebhookValues): WebhookBody {
  const { format, filter, template, fallbackUrl, ca, secret } = values;
  const delays = scheduleOf(values.retrySchedule);
  return {
    url: values.url.trim(),
    description: values.description.trim(),
    events: values.events,
    scopes: { packageIds: linesOf(values.packageIds), dispatchIds: linesOf(values.dispatchIds) },
    format,
    ...formatSettingsOf(values),
    authentication: authenticationOf(values.authentication),
    signing: format === 'standard-webhooks' ? values.signing : 'hmac-sha256',
    signature: signatureOf(values),
    ...(secret.trim() !== '' && { secret: secret.trim() }),
    headers: Object.fromEntries(named(values.headers)),
    tracing: values.tracing,
    retrySchedule: 'delays' in delays ? delays.delays : [],
    timeoutSeconds: numberOf(secondsOf(values.timeoutSeconds)),
    rateLimit: values.rateLimit.trim() === '' ? null : numberOf(values.rateLimit),
    autoPauseAfter: numberOf(values.autoPauseAfter.trim() || 0),
    fallbackUrl: fallbackUrl.trim() || null,
    ordering: values.ordering,
    delivery: deliveryOf(values.delivery),
    filter: filter.trim() || null,
    template: format === 'custom' ? template.trim() || null : null,
    ...certificateOf(values),
    ca: ca.trim() || null,
    metadata: Object.fromEntries(named(values.metadata).map(([name, text]) => [name, plain(text)])),
  };
}

/** The body of a change: only the settings that differ. */
export function changesOf(before: WebhookBody, after: WebhookBody): Partial<WebhookBody> {
  const changed = Object.entries(after).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof WebhookBody]),
  );
  return Object.fromEntries(changed);
}

const linesOf = (text: string): string[] => [...new Set(text.split(/[\s,]+/).filter(Boolean))];

/** A text that is not a number is sent as it is: the API then says what is wrong with it, at its field. */
const numberOf = (value: string | number | undefined): number =>
  value === undefined || Number.isNaN(Number(value)) ? (value as number) : Number(value);

const named = (values: readonly NamedValue[]): [string, string][] =>
  values.filter(({ name }) => name.trim() !== '').map(({ name, value }) => [name.trim(), value]);

/** Numbers and booleans are recognised by how they are written. */
function plain(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+(\.\d+)?$/.test(text) && String(Number(text)) === text ? Number(text) : text;
}

/** Only the settings of the chosen format: the API refuses those of others. */
function formatSettingsOf({
  format,
  ...values
}: WebhookValues): Pick<
  WebhookBody,
  'cloudevents' | 'adobeAlm' | 'docebo' | 'scormCloud' | 'xapi'
> {
  switch (format) {
    case 'cloudevents':
      return { cloudevents: values.cloudevents };
    case 'adobe-alm':
      return { adobeAlm: given('accountId', values.adobeAlm.accountId) };
    case 'docebo':
      return { docebo: given('webhookId', values.docebo.webhookId) };
    case 'scorm-cloud':
      return { scormCloud: values.scormCloud };
    case 'xapi':
      return { xapi: values.xapi };
    default:
      return {};
  }
}

const given = (name: string, text: string) =>
  text.trim() === '' ? {} : { [name]: numberOf(text.trim()) };

/** The text fields of each kind of authentication. */
export const AUTHENTICATION_FIELDS = {
  signature: [],
  none: [],
  basic: ['username', 'password'],
  form: ['username', 'password'],
  bearer: ['token'],
  oauth2: ['tokenUrl', 'clientId', 'clientSecret', 'scope', 'audience'],
} as const satisfies Record<AuthenticationType, readonly (keyof WebhookValues['authentication'])[]>;

function authenticationOf(values: WebhookValues['authentication']): AuthenticationInput {
  const { type, sign } = values;
  const texts = AUTHENTICATION_FIELDS[type].flatMap((field) =>
    values[field] === '' ? [] : [[field, values[field]]],
  );
  return {
    type,
    ...Object.fromEntries(texts),
    ...(sign !== 'default' && { sign: sign === 'yes' }),
  };
}

function signatureOf({ format, signature }: WebhookValues): WebhookBody['signature'] {
  const { header, encoding, prefix } = signature;
  const isSet = header !== '' || encoding !== '' || prefix !== '';
  if (!FORMATS[format].hasOwnSignature || !isSet) return null;
  return {
    ...(header !== '' && { header: header.trim() }),
    ...(encoding !== '' && { encoding }),
    ...(prefix !== '' && { prefix }),
  };
}

function deliveryOf({
  mode,
  maxEvents,
  intervalSeconds,
  coalesce,
}: WebhookValues['delivery']): DeliveryInput {
  if (mode === 'single') return { mode };
  return {
    mode,
    ...(maxEvents.trim() !== '' && { maxEvents: numberOf(maxEvents) }),
    intervalSeconds: numberOf(secondsOf(intervalSeconds)),
    ...(coalesce && { coalesce }),
  };
}

function certificateOf({
  clientCertificate,
}: WebhookValues): Pick<WebhookBody, 'clientCertificate'> {
  const { state, certificate, key } = clientCertificate;
  if (state === 'kept') return {};
  return { clientCertificate: state === 'new' ? { certificate, key } : null };
}
