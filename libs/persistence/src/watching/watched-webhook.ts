import type { PauseReason, WebhookStatus } from '@schoolbell/delivery';
import type { ReadRows } from '../database/read-transaction.js';
import { Prisma } from '../generated/client.js';

/** What those who watch are told of a webhook: nothing of it is secret, and nothing quotes an event. */
export interface WatchedWebhook {
  /** UUID. */
  id: string;
  status: WebhookStatus;
  pauseReason: PauseReason | null;
  pausedAt: Date | null;
  version: number;
  updatedAt: Date;
}

/** All webhooks of a tenant that are not deleted: few, by an index. */
export async function watchedWebhooks(rows: ReadRows, tenantId: string): Promise<WatchedWebhook[]> {
  return rows<WatchedWebhook>(Prisma.sql`
    SELECT id, status, pause_reason AS "pauseReason", paused_at AS "pausedAt", version, updated_at AS "updatedAt"
    FROM webhooks WHERE tenant_id = ${tenantId}::uuid AND deleted_at IS NULL`);
}
