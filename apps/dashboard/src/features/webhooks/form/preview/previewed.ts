import type { PreviewWebhook, WebhookDocument } from '@schoolbell/api-client';
import { AUTHENTICATION_FIELDS, bodyOf } from '../body-of-values.ts';
import type { WebhookValues } from '../webhook-values.ts';

/** Stands in for a stored password, which the preview masks. */
const STORED = 'stored';
const NEVER_SHOWN = ['password', 'token', 'clientSecret'] as const;

/**
 * The settings that change the request, for a preview. Half-entered values of other fields cannot spoil it.
 *
 * @param stored the webhook that is being edited
 */
export function previewed(values: WebhookValues, stored?: WebhookDocument): PreviewWebhook {
  const body = bodyOf(values);
  return {
    ...(URL.canParse(body.url) && { url: body.url }),
    ...(body.events.length > 0 && { events: body.events }),
    format: body.format,
    ...pick(body, ['cloudevents', 'adobeAlm', 'docebo', 'scormCloud', 'xapi', 'secret']),
    authentication: authenticationOf(values, stored),
    signing: body.signing,
    signature: body.signature,
    headers: body.headers,
    filter: body.filter,
    template: body.template,
    metadata: body.metadata,
    delivery: body.delivery,
  };
}

/** The settings that decide about filter and template, which can be tried whatever else is being entered. */
export function tried(values: WebhookValues): PreviewWebhook {
  const body = bodyOf(values);
  return {
    ...pick(body, ['events', 'format', 'filter', 'template', 'metadata']),
    ...pick(body, ['cloudevents', 'adobeAlm', 'docebo', 'scormCloud', 'xapi']),
    authentication: { type: 'none' },
  };
}

function pick<Of extends object, Name extends keyof Of>(of: Of, names: readonly Name[]) {
  return Object.fromEntries(
    names.filter((name) => of[name] !== undefined).map((name) => [name, of[name]]),
  ) as Pick<Of, Name>;
}

function authenticationOf(values: WebhookValues, stored: WebhookDocument | undefined) {
  const { authentication } = bodyOf(values);
  if (!authentication || authentication.type !== stored?.authentication?.type)
    return authentication;
  const fields: readonly string[] = AUTHENTICATION_FIELDS[authentication.type];
  const kept = NEVER_SHOWN.filter((field) => fields.includes(field)).map((field) => [
    field,
    STORED,
  ]);
  return { ...Object.fromEntries(kept), ...authentication };
}
