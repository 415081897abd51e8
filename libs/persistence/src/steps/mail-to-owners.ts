import type {
  CertificateExpiringFacts,
  MailKind,
  UsageThresholdFacts,
  WebhookPausedFacts,
} from '@schoolbell/notices';
import { columnList, sql } from './statement.js';

const LONGEST_LINE = 1000;
const NOBODY = 'The tenant has no notificationEmails: nobody was told.';

/** Each fact as an expression of `p`, a row of the step, and `w`, its webhook. */
const WEBHOOK_PAUSED: Record<keyof WebhookPausedFacts, string> = {
  webhookId: 'p.id',
  description: 'w.description',
  url: `split_part(w.url, '?', 1)`,
  reason: 'p.reason',
  failures: 'p.failures',
  lastError: `left(p.last_error, ${LONGEST_LINE})`,
};

/** Each fact as an expression of `r`, a row of the step. */
const USAGE_THRESHOLD: Record<keyof UsageThresholdFacts, string> = {
  period: 'r.period',
  launches: 'r.launches',
  limit: 'r.launch_limit',
  percent: 'r.percent',
};

/** Each fact as an expression of `c`, a row of the step. */
const CERTIFICATE_EXPIRING: Record<keyof CertificateExpiringFacts, string> = {
  webhookId: 'c.id',
  description: 'c.description',
  url: `split_part(c.url, '?', 1)`,
  expiresAt: 'c.expires_at',
};

/**
 * What owners are told of each webhook of a step that Schoolbell has paused.
 *
 * @param paused name of a step with `id`, `tenant_id`, `reason`, `failures` and `last_error`
 */
export function webhookPausedMails(paused: string): string {
  return sql`
    SELECT p.tenant_id, ${factsOf(WEBHOOK_PAUSED)} AS facts
    FROM ${paused} p
    JOIN webhooks w ON w.id = p.id
    WHERE p.reason IS NOT NULL`;
}

/**
 * What owners are told of each threshold of a step.
 *
 * @param reached name of a step with `tenant_id`, `period`, `launches`, `launch_limit` and `percent`, in their order
 */
export function usageThresholdMails(reached: string): string {
  return sql`
    SELECT r.tenant_id, ${factsOf(USAGE_THRESHOLD)} AS facts
    FROM ${reached} r`;
}

/**
 * What owners are told of each webhook of a step whose client certificate ends soon.
 *
 * @param expiring name of a step with `id`, `tenant_id`, `description`, `url` and `expires_at`
 */
export function certificateExpiringMails(expiring: string): string {
  return sql`
    SELECT c.tenant_id, ${factsOf(CERTIFICATE_EXPIRING)} AS facts
    FROM ${expiring} c`;
}

/**
 * Stores a mail to each owner of a tenant about what happened there. If there is no owner, a failed mail says so.
 *
 * @param happened a query for `tenant_id` and `facts`
 */
export function mailToOwners(kind: MailKind, happened: string): string {
  return sql`
  INSERT INTO mails (id, tenant_id, kind, facts, recipient, status, last_error)
  SELECT new_uuid_v7(), h.tenant_id, '${kind}', h.facts, o.address,
    CASE WHEN o.address IS NULL THEN 'failed' ELSE 'waiting' END,
    CASE WHEN o.address IS NULL THEN '${NOBODY}' END
  FROM (
    ${happened}
  ) h
  LEFT JOIN LATERAL (${ownersOf('h.tenant_id')}) o ON true`;
}

function factsOf(facts: Record<string, string>): string {
  const pairs = Object.entries(facts).map(([name, value]) => `'${name}', ${value}`);
  return sql`jsonb_build_object(
    ${columnList(pairs)})`;
}

/** The addresses of those who are told about a tenant's webhooks and its usage. */
function ownersOf(tenantId: string): string {
  return `SELECT unnest(notification_emails) AS address FROM tenants WHERE id = ${tenantId}`;
}
