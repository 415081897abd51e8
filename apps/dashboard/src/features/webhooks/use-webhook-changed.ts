import {
  getWebhookQueryKey,
  getWebhookStatsQueryKey,
  listWebhookDeliveriesQueryKey,
  listWebhooksQueryKey,
} from '@schoolbell/api-client/queries';
import { useQueryClient } from '@tanstack/react-query';

/** Repeats the queries that a change of a webhook may have made outdated. */
export function useWebhookChanged(webhookId: string): () => Promise<void> {
  const client = useQueryClient();
  const path = { id: webhookId };
  return async () => {
    await Promise.all(
      [
        getWebhookQueryKey({ path }),
        getWebhookStatsQueryKey({ path }),
        listWebhookDeliveriesQueryKey({ path }),
        listWebhooksQueryKey(),
      ].map((queryKey) => client.invalidateQueries({ queryKey })),
    );
  };
}
