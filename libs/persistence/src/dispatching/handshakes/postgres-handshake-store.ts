import {
  type ClaimedHandshake,
  type HandshakeStore,
  type HandshakesWanted,
  type HandshakeVerdict,
} from '@schoolbell/delivery';
import { uuidV7 } from '@schoolbell/ids';
import type { Database } from '../../database/database.js';
import { ifReadable } from '../../database/if-readable.js';
import { tlsIdentityOf, type TlsIdentityRow } from '../../database/tls-identity.js';
import { Prisma } from '../../generated/client.js';
import { hasCome, isDue } from '../../steps/predicates.js';

/** The receiver has its timeout, then another dispatcher asks. Seconds. */
const LEASE_BEYOND_TIMEOUT = 10;

/** Whether somebody waits for the receiver's consent: the webhook may have been paused by hand since, or deleted. */
const AWAITS_CONSENT = Prisma.sql`w.pause_reason IS NOT DISTINCT FROM 'handshake' AND w.deleted_at IS NULL`;

type Leased = Pick<ClaimedHandshake, 'webhookId' | 'leaseId'>;

type ClaimedRow = Omit<ClaimedHandshake, 'identity'> &
  Omit<TlsIdentityRow, 'id'> & { awaitsConsent: boolean };

/** The dispatcher's side of `handshakes`. Due times and leases are by the clock of the database. */
export class PostgresHandshakeStore implements HandshakeStore {
  constructor(private readonly db: Pick<Database, 'prisma' | 'maintenancePool' | 'secretBox'>) {}

  async claim({ limit, perTenant, exceptOf }: HandshakesWanted): Promise<ClaimedHandshake[]> {
    const leaseId = uuidV7();
    const { rows } = await this.db.maintenancePool.query<ClaimedRow>(Prisma.sql`
      WITH due AS MATERIALIZED (
        SELECT webhook_id FROM handshakes
        WHERE ${Prisma.raw(hasCome('due_at'))} AND webhook_id IN (
          SELECT webhook_id FROM (
            SELECT h.webhook_id, h.due_at,
              row_number() OVER (PARTITION BY w.tenant_id ORDER BY h.due_at, h.webhook_id) AS place
            FROM handshakes h JOIN webhooks w ON w.id = h.webhook_id
            WHERE ${Prisma.raw(isDue('h'))} AND w.tenant_id <> ALL (${exceptOf}::uuid[])
          ) of_tenants
          WHERE place <= ${perTenant} ORDER BY due_at LIMIT ${limit}
        )
        FOR UPDATE SKIP LOCKED
      )
      UPDATE handshakes h
      SET lease_id = ${leaseId}::uuid, attempts = h.attempts + 1,
          due_at = now() + (w.timeout_seconds + ${LEASE_BEYOND_TIMEOUT}) * interval '1 second'
      FROM due JOIN webhooks w ON w.id = due.webhook_id
      WHERE h.webhook_id = due.webhook_id
      RETURNING h.lease_id AS "leaseId", h.webhook_id AS "webhookId", w.tenant_id AS "tenantId", h.attempts AS attempt, w.url, w.format,
        w.rate_limit AS "rateLimit", w.timeout_seconds AS "timeoutSeconds", w.version, w.client_certificate, w.ca,
        ${AWAITS_CONSENT} AS "awaitsConsent"`);
    await this.drop(rows.filter(({ awaitsConsent }) => !awaitsConsent));
    return rows.filter(({ awaitsConsent }) => awaitsConsent).map((row) => this.handshakeOf(row));
  }

  /** A certificate that cannot be read is not shown: the receiver will say that it is missing. */
  private handshakeOf(row: ClaimedRow): ClaimedHandshake {
    const { awaitsConsent: _, version, client_certificate, ca, ...handshake } = row;
    const tls = { id: row.webhookId, version, client_certificate, ca };
    const identity = ifReadable(() => tlsIdentityOf(tls, this.db.secretBox));
    return identity ? { ...handshake, identity } : handshake;
  }

  async record(handshake: ClaimedHandshake, verdict: HandshakeVerdict): Promise<boolean> {
    return this.db.prisma.$transaction(async (tx) => {
      // The webhook is locked before its handshake, in the same order as by those who request one.
      const [webhook] = await tx.$queryRaw<unknown[]>`
        SELECT w.id FROM webhooks w WHERE w.id = ${handshake.webhookId}::uuid AND ${AWAITS_CONSENT}
        FOR NO KEY UPDATE`;
      const isOurs = (await tx.$executeRaw(settled(handshake, verdict))) > 0;
      if (!webhook || !isOurs) return false;
      await tx.$executeRaw`
        UPDATE webhooks SET ${outcome(verdict)}, updated_at = now()
        WHERE id = ${handshake.webhookId}::uuid`;
      return true;
    });
  }

  /** Unless somebody has requested it again since, even while it was being claimed. */
  private async drop(handshakes: readonly ClaimedRow[]): Promise<void> {
    for (const handshake of handshakes) {
      await this.db.prisma.$executeRaw`
        ${deleted(handshake)}
          AND NOT EXISTS (SELECT FROM webhooks w WHERE w.id = webhook_id AND ${AWAITS_CONSENT})`;
    }
  }
}

function settled(handshake: ClaimedHandshake, verdict: HandshakeVerdict): Prisma.Sql {
  if (verdict.kind === 'consented' || verdict.againInSeconds === null) return deleted(handshake);
  return Prisma.sql`
    UPDATE handshakes SET due_at = now() + ${verdict.againInSeconds} * interval '1 second'
    WHERE ${isLeased(handshake)}`;
}

function deleted(handshake: Leased): Prisma.Sql {
  return Prisma.sql`DELETE FROM handshakes WHERE ${isLeased(handshake)}`;
}

function isLeased({ webhookId, leaseId }: Leased): Prisma.Sql {
  return Prisma.sql`webhook_id = ${webhookId}::uuid AND lease_id = ${leaseId}::uuid`;
}

function outcome(verdict: HandshakeVerdict): Prisma.Sql {
  if (verdict.kind === 'failed') return Prisma.sql`pause_last_error = ${verdict.error}`;
  const { origin, perMinute } = verdict;
  return Prisma.sql`
    status = 'active', pause_reason = NULL, paused_at = NULL, pause_last_error = NULL,
    consented_origin = ${origin}, consented_rate = ${perMinute}, consecutive_failures = 0,
    version = version + 1, resumed_version = version + 1`;
}
