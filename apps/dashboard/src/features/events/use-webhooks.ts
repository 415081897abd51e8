import { useQuery } from '@tanstack/react-query';
import type { WebhookDocument } from '@schoolbell/api-client';
import { listWebhooksOptions } from '@schoolbell/api-client/queries';
import { useMemo } from 'react';

/** Of the webhooks of a tenant, as many as one page of the API has. */
const MOST = 100;

export type WebhooksById = ReadonlyMap<string, WebhookDocument>;

/** The tenant's webhooks by their ids, the newest hundred; undefined until they are known. */
export function useWebhooks(): WebhooksById | undefined {
  const { data } = useQuery({
    ...listWebhooksOptions({ query: { limit: MOST } }),
    staleTime: 60_000,
  });
  return useMemo(() => data && new Map(data.data.map((webhook) => [webhook.id, webhook])), [data]);
}
