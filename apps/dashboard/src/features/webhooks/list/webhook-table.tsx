import type { WebhookDocument } from '@schoolbell/api-client';
import { Table, Th } from '../../../ui/table.tsx';
import { WebhookRow } from './webhook-row.tsx';

export function WebhookTable({ webhooks }: { webhooks: readonly WebhookDocument[] }) {
  return (
    <Table label="Webhooks">
      <thead>
        <tr>
          <Th className="hidden w-24 sm:table-cell">Health</Th>
          <Th className="max-sm:pl-3">Webhook</Th>
          <Th className="hidden sm:table-cell">Format</Th>
          <Th className="hidden lg:table-cell">Events</Th>
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
