import { toTypeId } from '@schoolbell/ids';
import { type WebhookSettings } from '@schoolbell/delivery';
import {
  plain,
  type AuditedField,
  type AuditedFields,
  type Json,
} from '../../database/changed-fields.js';
import type { Change } from '../../database/record-change.js';
import type { WebhookRecord } from './webhook-record.js';

/** Settings that the API has under other names. */
type Renamed = 'eventTypes' | 'everyEvent' | 'packageIds' | 'dispatchIds' | 'formatSettings';

/** What tells whether a webhook sends. */
type State = 'status' | 'pauseReason' | 'consecutiveFailures';

type FieldName = Exclude<keyof WebhookSettings, Renamed> | 'events' | 'scopes' | 'signing' | State;

/** By the names of the API. A new setting does not compile until it has its line, and with it what is shown of it. */
const FIELDS: Record<FieldName, (webhook: WebhookRecord) => AuditedField> = {
  url: ({ url }) => plain(url),
  description: ({ description }) => plain(description),
  events: ({ everyEvent, eventTypes }) => plain(everyEvent ? ['*'] : eventTypes),
  scopes: ({ packageIds, dispatchIds }) => plain({ packageIds, dispatchIds }),
  format: ({ format }) => plain(format),
  filter: ({ filter }) => plain(filter),
  template: ({ template }) => plain(template),
  signing: ({ publicKey }) => plain(publicKey === null ? 'hmac-sha256' : 'ed25519'),
  authentication: ({ authentication }) => ({
    value: authentication,
    shown: authentication && { type: authentication.type },
  }),
  headers: ({ headers }) => ({ value: headers, shown: headers && Object.keys(headers) }),
  clientCertificate: ({ clientCertificate, certificateExpiresAt }) => ({
    value: [clientCertificate, certificateExpiresAt],
    shown: certificateExpiresAt && { expiresAt: certificateExpiresAt.toISOString() },
  }),
  ca: ({ ca }) => plain(ca),
  timeoutSeconds: ({ timeoutSeconds }) => plain(timeoutSeconds),
  retrySchedule: ({ retrySchedule }) => plain(retrySchedule),
  rateLimit: ({ rateLimit }) => plain(rateLimit),
  fallbackUrl: ({ fallbackUrl }) => plain(fallbackUrl),
  autoPauseAfter: ({ autoPauseAfter }) => plain(autoPauseAfter),
  delivery: ({ delivery }) => plain({ ...delivery }),
  ordering: ({ ordering }) => plain(ordering),
  tracing: ({ tracing }) => plain(tracing),
  metadata: ({ metadata }) => plain(metadata),
  status: ({ status }) => plain(status),
  pauseReason: ({ pauseReason }) => plain(pauseReason),
  consecutiveFailures: ({ consecutiveFailures }) => plain(consecutiveFailures),
};

const STATE: readonly string[] = [
  'status',
  'pauseReason',
  'consecutiveFailures',
] satisfies readonly State[];

/** What the audit log tells of a webhook: of authentication the type, of headers the names, of a certificate its end. */
export function auditedWebhook(webhook: WebhookRecord): AuditedFields {
  const fields = Object.entries(FIELDS).map(([name, field]) => [name, field(webhook)]);
  const ofFormat = Object.entries(webhook.formatSettings).map(([name, value]) => [
    name,
    plain(value as Json),
  ]);
  return Object.fromEntries([...ofFormat, ...fields]);
}

/** Whether a change is a pause or a resume, and no more than that. */
export function changesStateOnly(after: object): boolean {
  return Object.keys(after).every((name) => STATE.includes(name));
}

/** Whose a change of a webhook is, and of which. */
export function ofWebhook({
  tenantId,
  id,
}: Pick<WebhookRecord, 'tenantId' | 'id'>): Pick<Change, 'tenantId' | 'resource'> {
  return { tenantId, resource: { kind: 'webhook', id: toTypeId('webhook', id) } };
}
