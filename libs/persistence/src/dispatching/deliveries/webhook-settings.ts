import type {
  AttemptError,
  FormatSettingsOfWebhook,
  UnreadableWebhook,
  WebhookAuthentication,
  WebhookForSending,
  WebhookMetadata,
  WebhooksForSending,
} from '@schoolbell/delivery';
import type { SecretBox } from '../../database/encryption.js';
import { tlsIdentityOf } from '../../database/tls-identity.js';
import { sql } from '../../steps/statement.js';

/** `$1` webhook ids */
export const WEBHOOK_SETTINGS = settingsWith('w.url');

/** As {@link WEBHOOK_SETTINGS}, of the webhooks that have a `fallbackUrl`, with that for their `url`. */
export const FALLBACK_SETTINGS = `${settingsWith('w.fallback_url')} AND w.fallback_url IS NOT NULL`;

function settingsWith(url: string): string {
  return sql`
SELECT w.id, w.tenant_id, w.number, w.version, ${url} AS url, w.format, w.format_settings,
  w.filter, w.template, w.metadata, w.authentication, w.headers, w.client_certificate, w.ca, w.secret,
  CASE WHEN w.previous_secret_expires_at > now() THEN w.previous_secret END AS previous_secret,
  w.previous_secret_expires_at, w.timeout_seconds, w.retry_schedule, w.auto_pause_after, w.consented_origin,
  w.tracing, t.iri, t.domain, t.scorm_api_tenant_id
FROM webhooks w
JOIN tenants t ON t.id = w.tenant_id
WHERE w.id = ANY ($1::uuid[]) AND w.deleted_at IS NULL`;
}

/** A row of {@link WEBHOOK_SETTINGS}, secrets still encrypted. */
export interface WebhookSettingsRow {
  id: string;
  tenant_id: string;
  number: number;
  version: number;
  url: string;
  format: string;
  format_settings: FormatSettingsOfWebhook;
  filter: string | null;
  template: string | null;
  metadata: WebhookMetadata;
  authentication: string;
  headers: string;
  client_certificate: string | null;
  ca: string | null;
  secret: string;
  /** Null also if it no longer signs: the key that it was encrypted with may be gone. */
  previous_secret: string | null;
  previous_secret_expires_at: Date | null;
  timeout_seconds: number;
  retry_schedule: number[];
  auto_pause_after: number;
  consented_origin: string | null;
  tracing: boolean;
  iri: string | null;
  domain: string | null;
  scorm_api_tenant_id: string | null;
}

type OpenSettings = Omit<WebhookForSending, 'authentication' | 'headers' | 'secrets' | 'identity'>;

/** A webhook whose secrets cannot be read is listed separately. */
export function readWebhooks(
  rows: readonly WebhookSettingsRow[],
  secretBox: SecretBox,
): WebhooksForSending {
  const found: WebhooksForSending = { readable: [], unreadable: [] };
  for (const row of rows) {
    try {
      found.readable.push(webhookForSending(row, secretBox));
    } catch (error) {
      found.unreadable.push(unreadableWebhook(row, error));
    }
  }
  return found;
}

/** @throws DecryptionError or SyntaxError when a secret of the row cannot be read */
function webhookForSending(row: WebhookSettingsRow, secretBox: SecretBox): WebhookForSending {
  const previous = row.previous_secret;
  const identity = tlsIdentityOf(row, secretBox);
  return {
    ...openSettings(row),
    authentication: JSON.parse(secretBox.decrypt(row.authentication)) as WebhookAuthentication,
    headers: JSON.parse(secretBox.decrypt(row.headers)) as Record<string, string>,
    secrets: {
      current: secretBox.decrypt(row.secret),
      previous: previous === null ? undefined : secretBox.decrypt(previous),
      previousExpiresAt: row.previous_secret_expires_at ?? undefined,
    },
    ...(identity && { identity }),
  };
}

function unreadableWebhook(row: WebhookSettingsRow, cause: unknown): UnreadableWebhook {
  const error: AttemptError = {
    code: 'unsendable',
    message:
      "This webhook's secrets cannot be read, so nothing can be signed for it. Rotate its secret " +
      'and set its authentication, headers and client certificate again, or ask the operator.',
    internal: cause instanceof Error ? cause.message : String(cause),
  };
  return { ...openSettings(row), error };
}

function openSettings(row: WebhookSettingsRow): OpenSettings {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    number: row.number,
    version: row.version,
    url: row.url,
    format: row.format,
    formatSettings: row.format_settings,
    filter: row.filter,
    template: row.template,
    metadata: row.metadata,
    timeoutSeconds: row.timeout_seconds,
    retrySchedule: row.retry_schedule,
    autoPauseAfter: row.auto_pause_after,
    consentedOrigin: row.consented_origin,
    tracing: row.tracing,
    tenantIri: row.iri,
    tenantDomain: row.domain,
    scormApiTenantId: row.scorm_api_tenant_id,
  };
}
