import type { FilterError, WebhookExpressions } from '@schoolbell/delivery';
import type { Database } from '../../database/database.js';

/** What dispatchers keep about filters and templates, in Postgres. */
export class PostgresWebhookExpressions implements WebhookExpressions {
  constructor(private readonly db: Database) {}

  async filterFailed(webhookId: string, version: number, error: FilterError): Promise<void> {
    await this.db.prisma.webhook.updateMany({
      where: { id: webhookId, version },
      data: { filterError: { ...error } },
    });
  }

  async firstBody(deliveryId: string): Promise<string | undefined> {
    const attempt = await this.db.prisma.attempt.findFirst({
      where: { deliveryId, renderedWith: { not: null } },
      orderBy: { id: 'asc' },
      select: { renderedWith: true },
    });
    const context = JSON.parse(attempt?.renderedWith ?? '{}') as { body?: string };
    return context.body;
  }
}
