import { CERTIFICATE_WARNING_DAYS } from '@schoolbell/notices';
import { certificateExpiringMails, mailToOwners } from '../../steps/mail-to-owners.js';
import { materialized, sql, statement, step } from '../../steps/statement.js';

export const WARNINGS_AT_ONCE = 100;

const [FIRST, LAST] = CERTIFICATE_WARNING_DAYS;
const within = (days: number) => `w.certificate_expires_at <= now() + interval '${days} days'`;

/**
 * Warns the owners of webhooks whose client certificate expires soon, once for each certificate at each of the {@link
 * CERTIFICATE_WARNING_DAYS}. For a webhook that somebody else has locked, the warning follows in the next round.
 */
export const WARN_OF_CERTIFICATES = statement(
  {
    due: materialized(sql`
      SELECT w.id
      FROM webhooks w
      WHERE ${within(FIRST)} AND w.deleted_at IS NULL
        AND (w.certificate_warned_days IS NULL OR (w.certificate_warned_days > ${LAST} AND ${within(LAST)}))
      ORDER BY w.id
      LIMIT ${WARNINGS_AT_ONCE}
      FOR NO KEY UPDATE SKIP LOCKED`),
    warned: step(sql`
      UPDATE webhooks w
      SET certificate_warned_days = CASE WHEN ${within(LAST)} THEN ${LAST} ELSE ${FIRST} END
      FROM due
      WHERE w.id = due.id
      RETURNING w.id, w.tenant_id, w.description, w.url, w.certificate_expires_at AS expires_at`),
    mails_written: step(
      mailToOwners('webhook.certificate_expiring', certificateExpiringMails('warned')),
    ),
  },
  sql`SELECT id AS "webhookId", expires_at AS "expiresAt" FROM warned`,
);
