import type { WebhookDocument } from '@schoolbell/api-client';
import { useMemo } from 'react';
import { useEveryWebhook } from '../../app/api/use-every-webhook.ts';

export type WebhooksById = ReadonlyMap<string, WebhookDocument>;

interface KnownWebhooks {
  /** By their ids; undefined until they are known. */
  webhooks: WebhooksById | undefined;
  /** Whether they are known, or will not be for now. */
  isSettled: boolean;
  /** Asks again: what is shown names one that is not among them. */
  refetch: () => unknown;
}

/** The tenant's webhooks, for their names beside what is about them. */
export function useWebhooks(): KnownWebhooks {
  const { data, isPending, refetch } = useEveryWebhook();
  const webhooks = useMemo(
    () => data && new Map(data.map((webhook) => [webhook.id, webhook])),
    [data],
  );
  return { webhooks, isSettled: !isPending, refetch };
}
