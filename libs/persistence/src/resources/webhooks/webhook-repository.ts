import { uuidV7 } from '@schoolbell/ids';
import { type WebhookSettings } from '@schoolbell/delivery';
import type { Author } from '@schoolbell/identity';
import { asTenant, type TenantTransaction } from '../../database/as-tenant.js';
import { shownFields } from '../../database/changed-fields.js';
import type { Database } from '../../database/database.js';
import { recordChange } from '../../database/record-change.js';
import { Prisma, type Webhook } from '../../generated/client.js';
import { auditedWebhook, ofWebhook } from './audited-webhook.js';
import { discardHeldInBatches } from './discard-held-in-batches.js';
import { deleteWebhook, discardAllHeld } from './discard-waiting.js';
import { lockWebhook } from './lock-webhook.js';
import { lockWebhookLimit } from './lock-webhook-limit.js';
import { requestHandshake } from './request-handshake.js';
import { rotatedSecret, type SecretRotation } from './rotated-secret.js';
import { type NewStatus, statusColumns } from './status-columns.js';
import { toStoredSettings } from './stored-settings.js';
import { toWebhookRecord, type WebhookRecord } from './webhook-record.js';
import { wantsSince } from './wants-since.js';
import { newVersion, writeWebhookChange } from './write-webhook-change.js';

export interface WebhookDraft extends WebhookSettings {
  secret: string;
  publicKey: string | null;
  status: NewStatus;
}

export type WebhookCreation =
  | { kind: 'created'; webhook: WebhookRecord }
  /** The tenant has `limit` webhooks already. */
  | { kind: 'limit_reached'; limit: number };

/** A webhook as it was read. */
export type WebhookVersion = Pick<WebhookRecord, 'tenantId' | 'id' | 'version'>;

/** What becomes of a webhook. */
export interface WebhookChange {
  settings: Partial<WebhookSettings>;
  /** Pauses by hand, resumes, or has the receiver asked for its consent, along with the change. */
  status?: NewStatus | undefined;
  /** Makes another secret the current one, along with the change. */
  rotation?: SecretRotation | undefined;
}

/**
 * Stores webhooks. Every call names the tenant; what belongs to another one does not exist. Every change is written to
 * the audit log in its own transaction.
 */
export class WebhookRepository {
  constructor(private readonly db: Database) {}

  async create(author: Author, tenantId: string, draft: WebhookDraft): Promise<WebhookCreation> {
    return asTenant(this.db, tenantId, async (tx) => {
      const limit = await lockWebhookLimit(tx, tenantId);
      const count = await tx.webhook.count({ where: { tenantId, deletedAt: null } });
      if (count >= limit) return { kind: 'limit_reached', limit };
      const webhook = this.record(await this.insert(tx, tenantId, draft));
      await requestHandshake(tx, webhook, draft.status);
      const after = shownFields(auditedWebhook(webhook));
      await recordChange(tx, author, { ...ofWebhook(webhook), action: 'webhook.created', after });
      return { kind: 'created', webhook };
    });
  }

  private async insert(
    tx: TenantTransaction,
    tenantId: string,
    draft: WebhookDraft,
  ): Promise<Webhook> {
    const { secret, status, ...settings } = draft;
    const last = await tx.webhook.aggregate({ where: { tenantId }, _max: { number: true } });
    return tx.webhook.create({
      data: {
        id: uuidV7(),
        tenantId,
        number: (last._max.number ?? 0) + 1,
        ...toStoredSettings(settings, this.db.secretBox),
        secret: this.db.secretBox.encrypt(secret),
        ...statusColumns(status),
      },
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
    const where = {
      tenantId,
      deletedAt: null,
      ...(page.before && { id: { lt: page.before } }),
      ...(page.format && { format: page.format }),
    };
    const rows = await asTenant(this.db, tenantId, (tx) =>
      tx.webhook.findMany({ where, orderBy: { id: 'desc' }, take: page.limit }),
    );
    return rows.map((row) => this.record(row));
  }

  async find(tenantId: string, id: string): Promise<WebhookRecord | undefined> {
    const where = { id, tenantId, deletedAt: null };
    const row = await asTenant(this.db, tenantId, (tx) => tx.webhook.findUnique({ where }));
    return row ? this.record(row) : undefined;
  }

  /**
   * Changes a webhook, unless somebody else did since it was read.
   *
   * @returns `undefined` when the webhook is gone or has another version by now: read it again
   */
  async update(
    author: Author,
    { tenantId, id, version }: WebhookVersion,
    { settings, status, rotation }: WebhookChange,
  ): Promise<WebhookRecord | undefined> {
    const { secretBox } = this.db;
    return asTenant(this.db, tenantId, async (tx) => {
      const old = await lockWebhook(tx, tenantId, id);
      if (old?.version !== version) return undefined;
      const data = {
        ...toStoredSettings(settings, secretBox),
        ...(status && statusColumns(status)),
        ...(settings.filter !== undefined && { filterError: Prisma.DbNull }),
        ...(rotation && rotatedSecret(old, rotation, secretBox)),
        ...(status === 'active' && { resumedVersion: version + 1 }),
        ...wantsSince(old, settings),
        ...newVersion(),
      };
      const webhook = await writeWebhookChange(tx, secretBox, { author, old, data });
      await requestHandshake(tx, webhook, status);
      return webhook;
    });
  }

  /**
   * Pauses by hand, also one that awaits its receiver's consent; any other that is paused already keeps its reason.
   *
   * @returns `undefined` when there is no such webhook
   */
  async pause(author: Author, tenantId: string, id: string): Promise<WebhookRecord | undefined> {
    return asTenant(this.db, tenantId, async (tx) => {
      const old = await lockWebhook(tx, tenantId, id);
      if (!old) return undefined;
      if (old.status !== 'active' && old.pauseReason !== 'handshake') return this.record(old);
      const data = { ...statusColumns('paused'), ...newVersion() };
      return writeWebhookChange(tx, this.db.secretBox, { author, old, data });
    });
  }

  /**
   * Makes active with a count of 0, or has the receiver asked for its consent first. What was held is due as it was
   * before, or discarded: most of it while the webhook is paused still, which takes a second for each 50,000, the
   * last of it in the same transaction.
   *
   * @returns `undefined` when the webhook is gone or has another version by now: read it again
   */
  async resume(
    author: Author,
    { tenantId, id, version }: WebhookVersion,
    held: 'send' | 'discard',
    status: 'active' | 'awaiting_consent',
  ): Promise<WebhookRecord | undefined> {
    if (held === 'discard') await discardHeldInBatches(this.db, author, { tenantId, id });
    return asTenant(this.db, tenantId, async (tx) => {
      const old = await lockWebhook(tx, tenantId, id);
      if (old?.version !== version) return undefined;
      const data =
        old.status === 'active'
          ? { consecutiveFailures: 0 }
          : { ...statusColumns(status), resumedVersion: version + 1, ...newVersion() };
      const also = held === 'discard' ? { heldDeliveries: held } : undefined;
      const change = { author, old, data, also };
      const webhook = await writeWebhookChange(tx, this.db.secretBox, change);
      if (old.status === 'active') return webhook;
      if (held === 'discard') await tx.$executeRaw(discardAllHeld(id));
      await requestHandshake(tx, webhook, status);
      return webhook;
    });
  }

  /**
   * Deletes; what waits shows as discarded from now on, the history stays. However much waits, this is one
   * short transaction: the sweep of the dispatchers discards what it leaves. False when there is none.
   */
  async delete(author: Author, tenantId: string, id: string): Promise<boolean> {
    return asTenant(this.db, tenantId, async (tx) => {
      const old = await lockWebhook(tx, tenantId, id);
      if (!old) return false;
      await tx.$executeRaw(deleteWebhook(tenantId, id));
      const before = shownFields(auditedWebhook(this.record(old)));
      await recordChange(tx, author, { ...ofWebhook(old), action: 'webhook.deleted', before });
      return true;
    });
  }

  private record(row: Webhook): WebhookRecord {
    return toWebhookRecord(row, this.db.secretBox);
  }
}
