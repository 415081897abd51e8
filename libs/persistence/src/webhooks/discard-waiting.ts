import { Prisma } from '../generated/client.js';

/**
 * Discards what waits for a webhook.
 *
 * @param which `held`: what a resume drops, which is all but tests and attempts that are in flight at this
 *   moment, whose outcome is recorded as it comes; `all`: what a deletion drops
 */
export function discardWaiting(webhookId: string, which: 'held' | 'all'): Prisma.Sql {
  const held = Prisma.sql`AND NOT test AND (leased_until IS NULL OR leased_until <= now())`;
  return Prisma.sql`
    WITH dropped AS (
      DELETE FROM due_deliveries
      WHERE webhook_id = ${webhookId}::uuid ${which === 'held' ? held : Prisma.empty}
      RETURNING delivery_id
    )
    UPDATE deliveries d
    SET status = 'discarded', next_attempt_at = NULL, updated_at = now()
    FROM dropped WHERE d.id = dropped.delivery_id`;
}
