import { Select } from '../../../ui/select.tsx';
import { hostOf, webhookName } from '../../../ui/webhook-name.ts';
import { useFilters } from '../use-filters.ts';
import { useWebhookNames } from '../use-webhook-names.ts';

/** One of the tenant's webhooks, or a deleted one that the address names. */
export function WebhookFilter() {
  const { filters, change } = useFilters();
  const { webhooks, nameOf } = useWebhookNames();
  const chosen = filters.webhookId ?? '';
  const isListed = chosen === '' || webhooks.some(({ id }) => id === chosen);
  return (
    <Select
      label="Webhook"
      className="w-full min-w-0 lg:w-52"
      value={chosen}
      onChange={(value) => change({ webhookId: value || undefined })}
      choices={[
        { value: '', label: 'Every webhook' },
        ...(isListed ? [] : [{ value: chosen, label: nameOf(chosen), note: chosen }]),
        ...webhooks.map((webhook) => ({
          value: webhook.id,
          label: webhookName(webhook),
          note: webhook.description === '' ? undefined : hostOf(webhook.url),
        })),
      ]}
    />
  );
}
