import {
  MAIL_KINDS,
  type ClaimedMail,
  type DueMail,
  type MailStore,
  type MailVerdict,
} from '@schoolbell/notices';
import type { Database } from '../../database/database.js';
import { Prisma } from '../../generated/client.js';
import { LINK_OF_MAIL, type StoredMail, withLink } from '../../steps/link-of-mail.js';
import { hasCome } from '../../steps/predicates.js';

/** While versions are mixed, a kind that this one does not know waits for a newer dispatcher. */
const IS_FREE = Prisma.sql`
  kind IN (${Prisma.join([...MAIL_KINDS])}) AND status = 'waiting' AND ${Prisma.raw(hasCome('due_at'))}
  AND (leased_until IS NULL OR leased_until < now())`;

/** The dispatcher's side of `mails`. Leases and due times are by the clock of the database. */
export class PostgresMailStore implements MailStore {
  constructor(private readonly db: Pick<Database, 'prisma' | 'maintenancePool' | 'secretBox'>) {}

  async due(limit: number): Promise<DueMail[]> {
    const { rows } = await this.db.maintenancePool.query<DueMail>(Prisma.sql`
      SELECT id, attempts FROM mails WHERE ${IS_FREE} ORDER BY due_at LIMIT ${limit}`);
    return rows;
  }

  async claim(id: string, leaseSeconds: number): Promise<ClaimedMail | undefined> {
    const [mail] = await this.db.prisma.$queryRaw<StoredMail<ClaimedMail>[]>`
      UPDATE mails m
      SET attempts = attempts + 1, leased_until = now() + ${leaseSeconds} * interval '1 second'
      WHERE m.id = ${id}::uuid AND ${IS_FREE}
      RETURNING m.id, m.tenant_id AS "tenantId", (SELECT name FROM tenants t WHERE t.id = m.tenant_id) AS "tenantName",
        m.kind, m.facts, m.recipient, m.attempts AS attempt, m.created_at AS "createdAt",
        ${LINK_OF_MAIL} AS "sealedToken"`;
    return mail && withLink(mail, this.db.secretBox);
  }

  async record(mail: ClaimedMail, verdict: MailVerdict): Promise<void> {
    await this.db.prisma.$executeRaw`
      UPDATE mails SET leased_until = NULL, ${outcome(verdict)}
      WHERE id = ${mail.id}::uuid AND status = 'waiting' AND ${stillOurs(mail, verdict)}`;
  }
}

function outcome(verdict: MailVerdict): Prisma.Sql {
  switch (verdict.kind) {
    case 'sent':
      return Prisma.sql`status = 'sent', sent_at = now(), last_error = NULL`;
    case 'rescheduled':
      return Prisma.sql`last_error = ${verdict.error},
        due_at = now() + ${verdict.delaySeconds} * interval '1 second'`;
    case 'failed':
      return Prisma.sql`status = 'failed', last_error = ${verdict.error}`;
  }
}

/**
 * What was sent is recorded as sent, even if the lease ran out in the meantime and another dispatcher is sending it.
 */
function stillOurs({ attempt }: ClaimedMail, { kind }: MailVerdict): Prisma.Sql {
  return kind === 'sent' ? Prisma.sql`true` : Prisma.sql`attempts = ${attempt}`;
}
