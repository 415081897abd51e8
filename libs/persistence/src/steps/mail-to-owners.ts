import type { WebhookPausedFacts } from '@schoolbell/delivery';
import { columnList, sql } from './statement.js';

const LONGEST_LINE = 1000;
const NOBODY = 'The tenant has no notificationEmails: nobody was told.';

/** Each fact as an expression of `p`, a row of the step, and `w`, its webhook. */
const FACTS: Record<keyof WebhookPausedFacts, string> = {
  webhookId: 'p.id',
  description: 'w.description',
  url: `split_part(w.url, '?', 1)`,
  reason: 'p.reason',
  failures: 'p.failures',
  lastError: `left(p.last_error, ${LONGEST_LINE})`,
};

const PAIRS = Object.entries(FACTS).map(([name, value]) => `'${name}', ${value}`);

/**
 * Stores a mail about each webhook of a step that Schoolbell has paused, to each owner of its tenant. Where
 * there is none, one that failed says so.
 *
 * @param paused name of a step with `id`, `tenant_id`, `reason`, `failures` and `last_error`
 */
export function mailToOwners(paused: string): string {
  return sql`
  INSERT INTO mails (id, tenant_id, kind, facts, recipient, status, last_error)
  SELECT new_uuid_v7(), p.tenant_id, 'webhook.paused', jsonb_build_object(
      ${columnList(PAIRS)}), o.address,
    CASE WHEN o.address IS NULL THEN 'failed' ELSE 'waiting' END,
    CASE WHEN o.address IS NULL THEN '${NOBODY}' END
  FROM ${paused} p
  JOIN webhooks w ON w.id = p.id
  LEFT JOIN LATERAL (${ownersOf('p.tenant_id')}) o ON true
  WHERE p.reason IS NOT NULL`;
}

/** The addresses of those who are told about a tenant's webhooks. */
function ownersOf(tenantId: string): string {
  return `SELECT unnest(notification_emails) AS address FROM tenants WHERE id = ${tenantId}`;
}
