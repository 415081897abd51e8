import type { WebhookDocument } from '@schoolbell/api-client';
import { Table, Th } from '../../../ui/table.tsx';
import { WebhookRow } from './webhook-row.tsx';

export function WebhookTable({ webhooks }: { webhooks: readonly WebhookDocument[] }) {
  return (
    <Table label="Webhooks">
      <thead>
        <tr>
          <Th from="sm" className="w-24">
            Health
          </Th>
          <Th className="max-sm:pl-3">Webhook</Th>
          <Th from="sm">Format</Th>
          <Th from="lg">Events</Th>
          <Th numeric>
            Success<span className="max-sm:sr-only">, 24 h</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {webhooks.map((webhook) => (
          <WebhookRow key={webhook.id} webhook={webhook} />
        ))}
      </tbody>
    </Table>
  );
}
