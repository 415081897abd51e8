import type { Author } from '@schoolbell/identity';
import { asTenant, type TenantTransaction } from '../../database/as-tenant.js';
import type { Database } from '../../database/database.js';
import { recordChange } from '../../database/record-change.js';
import type { Webhook } from '../../generated/client.js';
import { ofWebhook } from './audited-webhook.js';
import { ifReadable } from '../../database/if-readable.js';
import { lockWebhook } from './lock-webhook.js';
import { rotatedSecret, type SecretRotation } from './rotated-secret.js';
import { newVersion } from './write-webhook-change.js';

/** What signs for a webhook, `previous` while a rotation overlaps; null is what cannot be read. */
export interface StoredSecrets {
  current: string | null;
  previous?: string | null;
  previousExpiresAt?: Date;
}

/** Reads and rotates what signs for a webhook. */
export class WebhookSecretRepository {
  constructor(private readonly db: Database) {}

  /** For ourselves: nobody is shown them. @returns `undefined` when the tenant has no such webhook */
  async find(tenantId: string, webhookId: string, now: Date): Promise<StoredSecrets | undefined> {
    const row = await asTenant(this.db, tenantId, (tx) => findWebhook(tx, tenantId, webhookId));
    return row && this.secrets(row, now);
  }

  /** For somebody who is shown them, as the audit log says. @returns `undefined` when the tenant has no such webhook */
  async reveal(
    author: Author,
    tenantId: string,
    webhookId: string,
    now: Date,
  ): Promise<StoredSecrets | undefined> {
    return asTenant(this.db, tenantId, async (tx) => {
      const row = await findWebhook(tx, tenantId, webhookId);
      if (!row) return undefined;
      await recordChange(tx, author, { ...ofWebhook(row), action: 'webhook.secret_read' });
      return this.secrets(row, now);
    });
  }

  /**
   * Makes a secret the current one. The one before it signs on until `previousExpiresAt`, or is gone at once
   * where that is null or it cannot be read; an older one that was still valid is gone.
   *
   * @returns `undefined` when the tenant has no such webhook
   */
  async rotate(
    author: Author,
    tenantId: string,
    webhookId: string,
    rotation: SecretRotation,
  ): Promise<StoredSecrets | undefined> {
    return asTenant(this.db, tenantId, async (tx) => {
      const old = await lockWebhook(tx, tenantId, webhookId);
      if (!old) return undefined;
      const data = { ...rotatedSecret(old, rotation, this.db.secretBox), ...newVersion() };
      const row = await tx.webhook.update({ where: { id: webhookId, tenantId }, data });
      await recordChange(tx, author, {
        ...ofWebhook(row),
        action: 'webhook.secret_rotated',
        after: { previousExpiresAt: row.previousSecretExpiresAt?.toISOString() ?? null },
      });
      return this.secrets(row, new Date());
    });
  }

  private secrets(row: Webhook, now: Date): StoredSecrets {
    const { previousSecret, previousSecretExpiresAt } = row;
    const current = this.read(row.secret);
    if (previousSecret === null || !previousSecretExpiresAt || previousSecretExpiresAt <= now) {
      return { current };
    }
    return {
      current,
      previous: this.read(previousSecret),
      previousExpiresAt: previousSecretExpiresAt,
    };
  }

  private read(secret: string): string | null {
    return ifReadable(() => this.db.secretBox.decrypt(secret));
  }
}

async function findWebhook(
  tx: TenantTransaction,
  tenantId: string,
  id: string,
): Promise<Webhook | undefined> {
  return (await tx.webhook.findUnique({ where: { id, tenantId, deletedAt: null } })) ?? undefined;
}
