import type { AccessToken, AccessTokenStore } from '@schoolbell/delivery';
import type { Database } from '../../database/database.js';

/** Tokens of OAuth 2.0 in Postgres, encrypted like every secret. */
export class PostgresAccessTokenStore implements AccessTokenStore {
  constructor(private readonly db: Database) {}

  async find(webhookId: string, version: number): Promise<AccessToken | undefined> {
    const row = await this.db.prisma.accessToken.findFirst({
      where: { webhookId, webhookVersion: version },
    });
    if (!row) return undefined;
    return { token: this.db.secretBox.decrypt(row.token), expiresAt: row.expiresAt };
  }

  async keep(webhookId: string, version: number, { token, expiresAt }: AccessToken): Promise<void> {
    const encrypted = this.db.secretBox.encrypt(token);
    await this.db.prisma.$executeRaw`
      INSERT INTO access_tokens (webhook_id, tenant_id, webhook_version, token, expires_at)
      SELECT id, tenant_id, ${version}, ${encrypted}, ${expiresAt} FROM webhooks
      WHERE id = ${webhookId}::uuid AND deleted_at IS NULL
      ON CONFLICT (webhook_id) DO UPDATE
      SET webhook_version = excluded.webhook_version, token = excluded.token,
          expires_at = excluded.expires_at
      WHERE access_tokens.webhook_version <= excluded.webhook_version`;
  }
}
