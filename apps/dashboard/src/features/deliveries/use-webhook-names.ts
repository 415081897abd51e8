import { useCallback, useMemo } from 'react';
import { useEveryWebhook } from '../../app/api/use-every-webhook.ts';
import { webhookName } from '../../ui/webhook-name.ts';

const LONGEST_ID = 12;

/** The tenant's webhooks, and the name of any one. */
export function useWebhookNames() {
  const { data } = useEveryWebhook();
  const names = useMemo(
    () => data && new Map(data.map((webhook) => [webhook.id, webhookName(webhook)])),
    [data],
  );
  const nameOf = useCallback(
    (id: string) =>
      names ? (names.get(id) ?? 'A deleted webhook') : `${id.slice(0, LONGEST_ID)}…`,
    [names],
  );
  return { webhooks: data ?? [], nameOf };
}
