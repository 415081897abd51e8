import { uuidV7 } from '@schoolbell/delivery';
import type { WebhookSettings } from '@schoolbell/delivery';
import type { Database } from '../../database/database.js';
import { Prisma, type Webhook } from '../../generated/client.js';
import { deleteWebhook, discardAllHeld, discardHeld } from './discard-waiting.js';
import { DISCARDED_AT_ONCE } from '../../steps/waiting-of.js';
import { requestHandshake } from './request-handshake.js';
import { type NewStatus, statusColumns } from './status-columns.js';
import { ifReadable } from '../../database/if-readable.js';
import { toWebhookColumns, toWebhookRecord, type WebhookRecord } from './webhook-record.js';

export interface WebhookDraft extends WebhookSettings {
  secret: string;
  publicKey: string | null;
  status: NewStatus;
}

/** A secret that takes the place of the current one, which signs on until `previousExpiresAt`. */
export interface SecretRotation {
  secret: string;
  publicKey: string | null;
  previousExpiresAt: Date;
}

export type WebhookCreation =
  | { kind: 'created'; webhook: WebhookRecord }
  /** The tenant has `limit` webhooks already. */
  | { kind: 'limit_reached'; limit: number };

/** Stores webhooks. Every call names the tenant; what belongs to another one does not exist. */
export class WebhookRepository {
  constructor(private readonly db: Database) {}

  async create(tenantId: string, draft: WebhookDraft): Promise<WebhookCreation> {
    return this.db.prisma.$transaction(async (tx) => {
      const limit = await lockWebhookLimit(tx, tenantId);
      const count = await tx.webhook.count({ where: { tenantId, deletedAt: null } });
      if (count >= limit) return { kind: 'limit_reached', limit };
      const { secret, status, ...settings } = draft;
      const last = await tx.webhook.aggregate({ where: { tenantId }, _max: { number: true } });
      const row = await tx.webhook.create({
        data: {
          id: uuidV7(),
          tenantId,
          number: (last._max.number ?? 0) + 1,
          ...toColumns(settings, this.db),
          secret: this.db.secretBox.encrypt(secret),
          ...statusColumns(status),
        },
      });
      await requestHandshake(tx, row.id, status);
      return { kind: 'created', webhook: this.#record(row) };
    });
  }

  /**
   * Newest first.
   *
   * @param page `before`: only webhooks with a smaller id; `format`: only those of this format
   */
  async list(
    tenantId: string,
    page: { before?: string | undefined; limit: number; format?: string },
  ): Promise<WebhookRecord[]> {
    const rows = await this.db.prisma.webhook.findMany({
      where: {
        tenantId,
        deletedAt: null,
        ...(page.before && { id: { lt: page.before } }),
        ...(page.format && { format: page.format }),
      },
      orderBy: { id: 'desc' },
      take: page.limit,
    });
    return rows.map((row) => this.#record(row));
  }

  async find(tenantId: string, id: string): Promise<WebhookRecord | undefined> {
    const row = await this.db.prisma.webhook.findUnique({
      where: { id, tenantId, deletedAt: null },
    });
    return row ? this.#record(row) : undefined;
  }

  /**
   * Changes settings, unless somebody else did since `version` was read.
   *
   * @param status pauses by hand, resumes, or has the receiver asked for its consent, along with the change
   * @param rotation makes another secret the current one, along with the change
   * @returns `undefined` when the webhook is gone or has another version by now: read it again
   */
  async update(
    tenantId: string,
    id: string,
    version: number,
    changes: Partial<WebhookSettings>,
    status?: NewStatus,
    rotation?: SecretRotation,
  ): Promise<WebhookRecord | undefined> {
    return this.db.prisma.$transaction(async (tx) => {
      const [row] = await tx.webhook.updateManyAndReturn({
        where: { id, tenantId, version, deletedAt: null },
        data: {
          ...toColumns(changes, this.db),
          ...(status && statusColumns(status)),
          ...(changes.filter !== undefined && { filterError: Prisma.DbNull }),
          ...(rotation && (await this.#rotated(tx, id, rotation))),
          ...(status === 'active' && { resumedVersion: version + 1 }),
          ...changed(),
        },
      });
      if (row) await requestHandshake(tx, id, status);
      return row && this.#record(row);
    });
  }

  /** Whoever rotates meanwhile makes another version, and this change is not made. */
  async #rotated(tx: Prisma.TransactionClient, id: string, rotation: SecretRotation) {
    const { secretBox } = this.db;
    const before = await tx.webhook.findUnique({ where: { id }, select: { secret: true } });
    const isReadable = before && ifReadable(() => secretBox.decrypt(before.secret)) !== null;
    return {
      secret: secretBox.encrypt(rotation.secret),
      publicKey: rotation.publicKey,
      previousSecret: isReadable ? before.secret : null,
      previousSecretExpiresAt: isReadable ? rotation.previousExpiresAt : null,
    };
  }

  /**
   * Pauses by hand, also one that awaits its receiver's consent; any other that is paused already keeps its reason.
   * False when there is no such webhook.
   */
  async pause(tenantId: string, id: string): Promise<boolean> {
    const where = { id, tenantId, deletedAt: null };
    const { count } = await this.db.prisma.webhook.updateMany({
      where: { ...where, OR: [{ status: 'active' }, { pauseReason: 'handshake' }] },
      data: { ...statusColumns('paused'), ...changed() },
    });
    return count > 0 || (await this.db.prisma.webhook.count({ where })) > 0;
  }

  /**
   * Makes active with a count of 0, or has the receiver asked for its consent first. What was held is due as it was
   * before, or discarded: most of it while the webhook is paused still, which takes a second for each 50,000, the
   * last of it in the same transaction.
   *
   * @returns `undefined` when the webhook is gone or has another version by now: read it again
   */
  async resume(
    { tenantId, id, version }: Pick<WebhookRecord, 'tenantId' | 'id' | 'version'>,
    held: 'send' | 'discard',
    status: 'active' | 'awaiting_consent',
  ): Promise<WebhookRecord | undefined> {
    if (held === 'discard') await this.#discardBatchByBatch(tenantId, id);
    return this.db.prisma.$transaction(async (tx) => {
      const where = { id, tenantId, version, deletedAt: null };
      const [row] = await tx.webhook.updateManyAndReturn({
        where: { ...where, status: 'paused' },
        data: { ...statusColumns(status), resumedVersion: version + 1, ...changed() },
      });
      if (!row) return this.#clearFailures(tx, where);
      if (held === 'discard') await tx.$executeRaw(discardAllHeld(id));
      await requestHandshake(tx, id, status);
      return this.#record(row);
    });
  }

  /** Of one that is active. */
  async #clearFailures(
    tx: Prisma.TransactionClient,
    where: Prisma.WebhookWhereInput,
  ): Promise<WebhookRecord | undefined> {
    const [row] = await tx.webhook.updateManyAndReturn({
      where: { ...where, status: 'active' },
      data: { consecutiveFailures: 0 },
    });
    return row && this.#record(row);
  }

  /**
   * Deletes; what waits shows as discarded from now on, the history stays. However much waits, this is one
   * short statement: the sweep of the dispatchers discards what it leaves. False when there is none.
   */
  async delete(tenantId: string, id: string): Promise<boolean> {
    const deleted = await this.db.prisma.$queryRaw<{ id: string }[]>(deleteWebhook(tenantId, id));
    return deleted.length > 0;
  }

  async #discardBatchByBatch(tenantId: string, id: string): Promise<void> {
    let discarded: number;
    do discarded = await this.db.prisma.$executeRaw(discardHeld(tenantId, id));
    while (discarded === DISCARDED_AT_ONCE);
  }

  #record(row: Webhook): WebhookRecord {
    return toWebhookRecord(row, this.db.secretBox);
  }
}

/**
 * Two registrations at once must not both take the last place: the second waits here for the first.
 * `NO KEY`, since events of the tenant are accepted meanwhile.
 */
async function lockWebhookLimit(tx: Prisma.TransactionClient, tenantId: string): Promise<number> {
  const [tenant] = await tx.$queryRaw<{ limit: number }[]>`
    SELECT webhook_limit AS limit FROM tenants WHERE id = ${tenantId}::uuid FOR NO KEY UPDATE`;
  return tenant?.limit ?? 0;
}

function toColumns<T extends Partial<WebhookSettings>>(settings: T, db: Database) {
  const { delivery, formatSettings, metadata, ...rest } = toWebhookColumns(settings, db.secretBox);
  return {
    ...rest,
    ...(delivery && { delivery: delivery as unknown as Prisma.InputJsonValue }),
    ...(formatSettings && { formatSettings: formatSettings as Prisma.InputJsonValue }),
    ...(metadata && { metadata: metadata as Prisma.InputJsonValue }),
  } as Omit<typeof rest, never> & {
    delivery: Prisma.InputJsonValue;
    formatSettings: Prisma.InputJsonValue;
    metadata: Prisma.InputJsonValue;
  };
}

function changed() {
  return { version: { increment: 1 }, updatedAt: new Date() };
}
