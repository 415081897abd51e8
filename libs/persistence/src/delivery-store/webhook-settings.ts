import type {
  AttemptError,
  UnreadableWebhook,
  WebhookAuthentication,
  WebhookForSending,
} from '@schoolbell/delivery';
import type { SecretBox } from '../encryption.js';

/** `$1` webhook ids */
export const WEBHOOK_SETTINGS = `
SELECT w.id, w.tenant_id, w.version, w.url, w.format, w.authentication, w.headers, w.secret,
  w.previous_secret, w.previous_secret_expires_at, w.timeout_seconds, w.retry_schedule,
  w.auto_pause_after, t.iri, t.domain
FROM webhooks w
JOIN tenants t ON t.id = w.tenant_id
WHERE w.id = ANY ($1::uuid[]) AND w.deleted_at IS NULL`;

/** A row of {@link WEBHOOK_SETTINGS}, secrets still encrypted. */
export interface WebhookSettingsRow {
  id: string;
  tenant_id: string;
  version: number;
  url: string;
  format: string;
  authentication: string;
  headers: string;
  secret: string;
  previous_secret: string | null;
  previous_secret_expires_at: Date | null;
  timeout_seconds: number;
  retry_schedule: number[];
  auto_pause_after: number;
  iri: string | null;
  domain: string | null;
}

type OpenSettings = Omit<WebhookForSending, 'authentication' | 'headers' | 'secrets'>;

/** @throws DecryptionError or SyntaxError when a secret of the row cannot be read */
export function webhookForSending(
  row: WebhookSettingsRow,
  secretBox: SecretBox,
): WebhookForSending {
  const previous = row.previous_secret;
  return {
    ...openSettings(row),
    authentication: JSON.parse(secretBox.decrypt(row.authentication)) as WebhookAuthentication,
    headers: JSON.parse(secretBox.decrypt(row.headers)) as Record<string, string>,
    secrets: {
      current: secretBox.decrypt(row.secret),
      previous: previous === null ? undefined : secretBox.decrypt(previous),
      previousExpiresAt: row.previous_secret_expires_at ?? undefined,
    },
  };
}

export function unreadableWebhook(row: WebhookSettingsRow, cause: unknown): UnreadableWebhook {
  const error: AttemptError = {
    code: 'unsendable',
    message:
      "This webhook's secrets cannot be read, so nothing can be signed for it. Set its secret, " +
      'authentication and headers again, or ask the operator.',
    internal: cause instanceof Error ? cause.message : String(cause),
  };
  return { ...openSettings(row), error };
}

function openSettings(row: WebhookSettingsRow): OpenSettings {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    version: row.version,
    url: row.url,
    format: row.format,
    timeoutSeconds: row.timeout_seconds,
    retrySchedule: row.retry_schedule,
    autoPauseAfter: row.auto_pause_after,
    tenantIri: row.iri,
    tenantDomain: row.domain,
  };
}
