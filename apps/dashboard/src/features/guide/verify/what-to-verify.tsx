import { useQuery } from '@tanstack/react-query';
import type { WebhookDocument } from '@schoolbell/api-client';
import { listWebhooksOptions } from '@schoolbell/api-client/queries';
import { Select } from '../../../ui/select.tsx';
import { FORMAT_GUIDES, FORMATS, type Format } from '../formats/format-guides.ts';
import { visible } from '../../../ui/visible.ts';
import { webhookName } from '../../../ui/webhook-name.ts';

interface WhatToVerifyProps {
  /** The chosen webhook, once it is loaded. */
  webhook: WebhookDocument | undefined;
  webhookId: string;
  format: Format;
  onChange: (chosen: { webhookId?: string; format?: Format }) => void;
}

/** Chooses a webhook, whose format and header go into the code; or a format, before there is a webhook. */
export function WhatToVerify({ webhook, webhookId, format, onChange }: WhatToVerifyProps) {
  const { data } = useQuery(listWebhooksOptions({ query: { limit: 100 } }));
  const listed = data?.data ?? [];
  const own = webhook && !listed.some(({ id }) => id === webhook.id) ? [webhook] : [];
  const webhooks = [...own, ...listed].map((one) => ({
    value: one.id,
    label: visible(webhookName(one)),
    note: FORMAT_GUIDES[one.format].title,
  }));
  const isKnown = webhookId === '' || webhooks.some(({ value }) => value === webhookId);
  return (
    <div className="flex flex-wrap gap-2">
      <Select
        label="Webhook"
        className="w-full min-w-0 sm:w-80"
        value={webhookId}
        onChange={(next) => onChange({ webhookId: next || undefined, format: undefined })}
        choices={[
          { value: '', label: 'By format' },
          ...(isKnown ? [] : [{ value: webhookId, label: webhookId }]),
          ...webhooks,
        ]}
      />
      <Select
        label="Format"
        className="w-full sm:w-56"
        // A chosen webhook decides the format.
        disabled={webhookId !== ''}
        value={webhookId === '' ? format : (webhook?.format ?? format)}
        onChange={(next) => onChange({ format: next })}
        choices={FORMATS.map((name) => ({ value: name, label: FORMAT_GUIDES[name].title }))}
      />
    </div>
  );
}
