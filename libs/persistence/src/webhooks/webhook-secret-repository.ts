import type { WebhookSecrets } from '@schoolbell/delivery';
import type { Database } from '../database.js';
import type { Webhook } from '../generated/client.js';

/** Reads and rotates what signs for a webhook. */
export class WebhookSecretRepository {
  constructor(private readonly db: Database) {}

  /** @returns `undefined` when the tenant has no such webhook */
  async find(tenantId: string, webhookId: string, now: Date): Promise<WebhookSecrets | undefined> {
    const row = await this.db.prisma.webhook.findUnique({
      where: { id: webhookId, tenantId, deletedAt: null },
    });
    return row ? this.#secrets(row, now) : undefined;
  }

  /**
   * Makes `secret` the current one. The one before it signs on until `previousExpiresAt`, or is gone at once
   * where that is null; an older one that was still valid is gone.
   *
   * @returns `undefined` when the tenant has no such webhook
   */
  async rotate(
    tenantId: string,
    webhookId: string,
    secret: string,
    previousExpiresAt: Date | null,
  ): Promise<WebhookSecrets | undefined> {
    const encrypted = this.db.secretBox.encrypt(secret);
    const changed = await this.db.prisma.$executeRaw`
      UPDATE webhooks
      SET previous_secret = CASE WHEN ${previousExpiresAt}::timestamptz IS NULL THEN NULL ELSE secret END,
          previous_secret_expires_at = ${previousExpiresAt}::timestamptz,
          secret = ${encrypted}, version = version + 1, updated_at = now()
      WHERE id = ${webhookId}::uuid AND tenant_id = ${tenantId}::uuid AND deleted_at IS NULL`;
    return changed > 0 ? this.find(tenantId, webhookId, new Date()) : undefined;
  }

  #secrets(row: Webhook, now: Date): WebhookSecrets {
    const { previousSecret, previousSecretExpiresAt } = row;
    const current = this.db.secretBox.decrypt(row.secret);
    if (previousSecret === null || !previousSecretExpiresAt || previousSecretExpiresAt <= now) {
      return { current };
    }
    return {
      current,
      previous: this.db.secretBox.decrypt(previousSecret),
      previousExpiresAt: previousSecretExpiresAt,
    };
  }
}
