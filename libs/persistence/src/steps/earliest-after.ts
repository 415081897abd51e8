import { sql } from './statement.js';

/** The earliest delivery of the first webhook that comes after another, by `webhook_id`; tests have a way of their own. */
export function earliestAfter(webhookId: string): string {
  return sql`
    SELECT d.webhook_id, d.due_at FROM due_deliveries d
    WHERE d.webhook_id > ${webhookId} AND NOT d.test AND NOT d.awaits_turn
    ORDER BY d.webhook_id, d.due_at, d.delivery_id LIMIT 1`;
}
