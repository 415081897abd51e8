import type { WebhookDocument } from '@schoolbell/api-client';
import { useMemo } from 'react';
import { useEveryWebhook } from '../../app/api/use-every-webhook.ts';

export type WebhooksById = ReadonlyMap<string, WebhookDocument>;

interface KnownWebhooks {
  /** By their ids; undefined until they are known. */
  webhooks: WebhooksById | undefined;
  /** Whether they are known, or could not be had. */
  isSettled: boolean;
  /** Asks again, for an id that is not among them. */
  refetch: () => unknown;
}

/** The tenant's webhooks, to show their names. */
export function useWebhooks(): KnownWebhooks {
  const { data, isPending, refetch } = useEveryWebhook();
  const webhooks = useMemo(
    () => data && new Map(data.map((webhook) => [webhook.id, webhook])),
    [data],
  );
  return { webhooks, isSettled: !isPending, refetch };
}
