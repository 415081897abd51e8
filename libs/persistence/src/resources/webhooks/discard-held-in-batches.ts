import type { Author } from '@schoolbell/identity';
import { asTenant } from '../../database/as-tenant.js';
import type { Database } from '../../database/database.js';
import { recordChange } from '../../database/record-change.js';
import { DISCARDED_AT_ONCE } from '../../steps/waiting-of.js';
import { ofWebhook } from './audited-webhook.js';
import { discardHeld } from './discard-waiting.js';
import type { WebhookRecord } from './webhook-record.js';

/**
 * Discards what a webhook holds, as long as it is paused: some in each transaction, and of each the audit log says how
 * many.
 */
export async function discardHeldInBatches(
  db: Database,
  author: Author,
  webhook: Pick<WebhookRecord, 'tenantId' | 'id'>,
): Promise<void> {
  while ((await discardSomeHeld(db, author, webhook)) === DISCARDED_AT_ONCE) continue;
}

/** @returns how many */
async function discardSomeHeld(
  db: Database,
  author: Author,
  webhook: Pick<WebhookRecord, 'tenantId' | 'id'>,
): Promise<number> {
  return asTenant(db, webhook.tenantId, async (tx) => {
    const discarded = await tx.$executeRaw(discardHeld(webhook.tenantId, webhook.id));
    if (discarded === 0) return 0;
    const action = 'webhook.held_discarded';
    await recordChange(tx, author, { ...ofWebhook(webhook), action, after: { discarded } });
    return discarded;
  });
}
