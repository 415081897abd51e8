import { useQuery } from '@tanstack/react-query';
import { listWebhooks, type WebhookDocument } from '@schoolbell/api-client';

const PER_PAGE = 100;

/** All webhooks of the tenant, newest first: to name them elsewhere, and to choose from. */
export function useEveryWebhook() {
  return useQuery({
    // Shaped like the generated keys, so that invalidating `listWebhooks` reaches it.
    queryKey: [{ _id: 'listWebhooks', every: true }],
    queryFn: ({ signal }) => everyWebhook(signal),
    staleTime: 30_000,
  });
}

async function everyWebhook(signal: AbortSignal): Promise<WebhookDocument[]> {
  const found: WebhookDocument[] = [];
  let cursor: string | undefined;
  do {
    // Each page says where the next one begins.
    // eslint-disable-next-line no-await-in-loop
    const page = await listWebhooks({ query: { limit: PER_PAGE, cursor }, signal });
    found.push(...page.data);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return found;
}
