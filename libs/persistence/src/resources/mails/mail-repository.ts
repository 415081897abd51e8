import { ACCOUNT_MAIL_KINDS, type Mail, type MailStatus } from '@schoolbell/notices';
import type { Database } from '../../database/database.js';
import { Prisma } from '../../generated/client.js';
import type { PageRequest } from '../../database/page-request.js';
import { readList } from '../../database/read-list.js';
import { LINK_OF_MAIL, type StoredMail, withLink } from '../../steps/link-of-mail.js';

/** A mail and how it goes. */
export type MailRow = Mail & {
  /** Null when there was nobody to write to. */
  recipient: string | null;
  status: MailStatus;
  attempts: number;
  lastError: string | null;
  sentAt: Date | null;
};

/** Which mails are asked for, and how much of them. */
export interface MailListing extends PageRequest {
  status?: MailStatus | undefined;
  /** Whether those to users about their accounts are among them. */
  accounts: boolean;
  /** Whether links are shown that let somebody in. */
  links: boolean;
}

/** Shows mails. */
export class MailRepository {
  constructor(private readonly db: Database) {}

  /**
   * Newest first.
   *
   * @param tenantId undefined: of all tenants, for the platform
   * @throws ListTooSlowError
   */
  async list(tenantId: string | undefined, page: MailListing): Promise<MailRow[]> {
    const conditions = [
      Prisma.sql`true`,
      ...(tenantId ? [Prisma.sql`m.tenant_id = ${tenantId}::uuid`] : []),
      ...(page.before ? [Prisma.sql`m.id < ${page.before}::uuid`] : []),
      ...(page.status ? [Prisma.sql`m.status = ${page.status}`] : []),
      ...(page.accounts
        ? []
        : [Prisma.sql`m.kind NOT IN (${Prisma.join([...ACCOUNT_MAIL_KINDS])})`]),
    ];
    const query = Prisma.sql`
      SELECT m.id, m.tenant_id AS "tenantId", t.name AS "tenantName", m.kind, m.facts, m.recipient, m.status,
        m.attempts, m.last_error AS "lastError", m.created_at AS "createdAt", m.sent_at AS "sentAt",
        ${page.links ? LINK_OF_MAIL : Prisma.sql`NULL`} AS "sealedToken"
      FROM mails m LEFT JOIN tenants t ON t.id = m.tenant_id
      WHERE ${Prisma.join(conditions, ' AND ')}
      ORDER BY m.id DESC LIMIT ${page.limit}`;
    const rows = await readList<StoredMail<MailRow>>(this.db, tenantId, query);
    return rows.map((row) => withLink(row, this.db.secretBox));
  }
}
