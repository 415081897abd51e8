import { MOST_CHANGES, type WatchRepository } from '@schoolbell/persistence';
import { type LookRequest, lookAtTenant } from './look-at-tenant.js';
import type { Watch } from './watch.js';
import { operationMessage, webhookMessage } from './watched-tenant.js';

/**
 * Sends a reader what it missed while it was disconnected; some of it may come twice.
 *
 * @param since by the clock of the database
 */
export async function catchUp(
  repository: WatchRepository,
  tenantId: string,
  watch: Watch,
  since: Date,
): Promise<void> {
  const attempted = await repository.attempted([tenantId], {
    since,
    seen: undefined,
    before: since,
  });
  const request = {
    since,
    createdSince: since,
    seen: undefined,
    attempted: attempted.idsOf(tenantId),
    all: true,
    watches: [watch],
    untold: (facts) => facts.map((one) => ({ facts: one, isNew: one.createdAt >= +since })),
    others: async (look) => {
      const webhooks = (await look.webhooks()).filter(({ updatedAt }) => updatedAt >= since);
      const operations = await look.operations(since);
      return [...webhooks.map(webhookMessage), ...operations.map(operationMessage)];
    },
  } satisfies LookRequest;
  const found = await lookAtTenant(repository, tenantId, request, MOST_CHANGES);
  if (attempted.tooMuch || found.tooMuch) watch.reset(found.at);
  else watch.tell(found.rowsFor(watch), found.messages, found.at);
}
