import { useQuery } from '@tanstack/react-query';
import type { WebhookDocument } from '@schoolbell/api-client';
import { listWebhooksOptions } from '@schoolbell/api-client/queries';
import { useMemo } from 'react';

/** Of the webhooks of a tenant, as many as one page of the API has. */
const MOST = 100;

export type WebhooksById = ReadonlyMap<string, WebhookDocument>;

interface KnownWebhooks {
  /** The newest hundred, by their ids; undefined until they are known. */
  webhooks: WebhooksById | undefined;
  /** Whether they are known, or will not be for now. */
  isSettled: boolean;
}

/** The tenant's webhooks, for their names beside what is about them. */
export function useWebhooks(): KnownWebhooks {
  const { data, isPending } = useQuery({
    ...listWebhooksOptions({ query: { limit: MOST } }),
    staleTime: 60_000,
  });
  const webhooks = useMemo(
    () => data && new Map(data.data.map((webhook) => [webhook.id, webhook])),
    [data],
  );
  return { webhooks, isSettled: !isPending };
}
