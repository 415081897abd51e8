import type { Database } from '../../database/database.js';
import type { Webhook } from '../../generated/client.js';
import { ifReadable } from '../../database/if-readable.js';

/** What signs for a webhook, `previous` while a rotation overlaps; null is what cannot be read. */
export interface StoredSecrets {
  current: string | null;
  previous?: string | null;
  previousExpiresAt?: Date;
}

/** Reads and rotates what signs for a webhook. */
export class WebhookSecretRepository {
  constructor(private readonly db: Database) {}

  /** @returns `undefined` when the tenant has no such webhook */
  async find(tenantId: string, webhookId: string, now: Date): Promise<StoredSecrets | undefined> {
    const row = await this.#row(tenantId, webhookId);
    return row && this.#secrets(row, now);
  }

  /**
   * Makes `secret` the current one. The one before it signs on until `previousExpiresAt`, or is gone at once
   * where that is null or it cannot be read; an older one that was still valid is gone.
   *
   * @returns `undefined` when the tenant has no such webhook
   */
  async rotate(
    tenantId: string,
    webhookId: string,
    { secret, publicKey }: { secret: string; publicKey: string | null },
    previousExpiresAt: Date | null,
  ): Promise<StoredSecrets | undefined> {
    const row = await this.#row(tenantId, webhookId);
    const unreadable = row && this.#read(row.secret) === null ? row.secret : null;
    const encrypted = this.db.secretBox.encrypt(secret);
    const changed = await this.db.prisma.$executeRaw`
      UPDATE webhooks
      SET (previous_secret, previous_secret_expires_at) = (
            SELECT secret, expires_at FROM (VALUES (${previousExpiresAt}::timestamptz)) AS v (expires_at)
            WHERE expires_at IS NOT NULL AND secret IS DISTINCT FROM ${unreadable}::text),
          secret = ${encrypted}, public_key = ${publicKey}, version = version + 1, updated_at = now()
      WHERE id = ${webhookId}::uuid AND tenant_id = ${tenantId}::uuid AND deleted_at IS NULL`;
    return changed > 0 ? this.find(tenantId, webhookId, new Date()) : undefined;
  }

  async #row(tenantId: string, webhookId: string): Promise<Webhook | undefined> {
    const where = { id: webhookId, tenantId, deletedAt: null };
    return (await this.db.prisma.webhook.findUnique({ where })) ?? undefined;
  }

  #secrets(row: Webhook, now: Date): StoredSecrets {
    const { previousSecret, previousSecretExpiresAt } = row;
    const current = this.#read(row.secret);
    if (previousSecret === null || !previousSecretExpiresAt || previousSecretExpiresAt <= now) {
      return { current };
    }
    return {
      current,
      previous: this.#read(previousSecret),
      previousExpiresAt: previousSecretExpiresAt,
    };
  }

  #read(secret: string): string | null {
    return ifReadable(() => this.db.secretBox.decrypt(secret));
  }
}
