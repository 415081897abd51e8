import type { ReceivedResponse, SendResult, WebhookForSending } from '@schoolbell/delivery';
import { isSensitiveHeader, REDACTED } from '@schoolbell/formats';
import type { PreparedAttempt } from '../preparing/prepare-attempt.js';

/** Anything shorter appears in every answer, and protects nothing. Characters. */
const SHORTEST = 4;

const AUTHORIZATION = 'Authorization';
const PLACEHOLDER = /{{\w+}}/;

/** Webhooks are cached with their settings, so the texts to look for are the same for all their attempts. */
const remembered = new WeakMap<WebhookForSending, readonly string[]>();

/**
 * An answer that may be stored and shown: a receiver that refuses a request often repeats what it was sent or what it
 * expected, which may be a secret of the webhook.
 *
 * Most answers contain none and are returned unchanged.
 */
export function redactAnswer(
  result: SendResult,
  webhook: WebhookForSending,
  outgoing: PreparedAttempt['outgoing'],
): SendResult {
  const { response } = result;
  if (!response) return result;
  const token = accessTokenOf(webhook, outgoing);
  const forms = token
    ? longestFirst([...waysToWrite(token), ...formsOf(webhook)])
    : formsOf(webhook);
  const shown = withoutSecrets(response, forms);
  return shown === response ? result : { ...result, response: shown };
}

function withoutSecrets(response: ReceivedResponse, forms: readonly string[]): ReceivedResponse {
  const body = redacted(response.body, forms);
  let { headers } = response;
  for (const name of Object.keys(headers)) {
    const value = redacted(headers[name]!, forms);
    if (value !== headers[name]) headers = { ...headers, [name]: value };
  }
  if (body === response.body && headers === response.headers) return response;
  return { ...response, headers, body };
}

/** @param forms the longest first */
function redacted(text: string, forms: readonly string[]): string {
  if (text.length < (forms.at(-1)?.length ?? Infinity)) return text;
  let shown = text;
  for (const form of forms) {
    if (form.length <= shown.length && shown.includes(form)) {
      shown = shown.replaceAll(form, REDACTED);
    }
  }
  return shown;
}

/** An OAuth 2.0 token is not among the webhook's settings: it is read from the request. */
function accessTokenOf(
  { authentication }: WebhookForSending,
  outgoing: PreparedAttempt['outgoing'],
): string | undefined {
  if (authentication.type !== 'oauth2' || outgoing.kind !== 'request') return undefined;
  const sent = outgoing.request.headers.find(([name]) => name === AUTHORIZATION);
  const token = sent?.[1].slice('Bearer '.length) ?? '';
  return token.length < SHORTEST ? undefined : token;
}

function formsOf(webhook: WebhookForSending): readonly string[] {
  let forms = remembered.get(webhook);
  if (!forms) {
    const found = secretsOf(webhook).filter((secret) => secret.length >= SHORTEST);
    forms = longestFirst(found.flatMap(waysToWrite));
    remembered.set(webhook, forms);
  }
  return forms;
}

/** A shorter text may be part of a longer one. */
function longestFirst(forms: readonly string[]): string[] {
  return [...new Set(forms)].toSorted((a, b) => b.length - a.length);
}

function secretsOf({ authentication, headers, secrets }: WebhookForSending): string[] {
  const { current, previous } = secrets;
  const ofHeaders = Object.entries(headers)
    .filter(([name]) => isSensitiveHeader(name))
    .flatMap(([, value]) => value.split(PLACEHOLDER));
  return [current, ...(previous ? [previous] : []), ...ofHeaders, ...credentialsOf(authentication)];
}

function credentialsOf(authentication: WebhookForSending['authentication']): string[] {
  switch (authentication.type) {
    case 'basic':
    case 'form':
      return [`${authentication.username}:${authentication.password}`, authentication.password];
    case 'bearer':
      return [authentication.token];
    case 'oauth2':
      return [authentication.clientSecret];
    case 'signature':
    case 'none':
      return [];
  }
}

/** How headers, JSON, forms, URLs and pages write it. */
function waysToWrite(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret.toWellFormed()),
    new URLSearchParams({ '': secret }).toString().slice(1),
    htmlOf(secret),
    bytes.toString('base64'),
    bytes.toString('base64url'),
  ];
}

function htmlOf(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
