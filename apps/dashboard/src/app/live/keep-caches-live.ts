import type { QueryClient } from '@tanstack/react-query';
import { throttled } from './throttled.ts';
import type { DeliveryChange } from './delivery-change.ts';
import { withRow } from './rows-in-place.ts';

/** Queries of figures that are counted from deliveries, such as a webhook's health, are repeated this often at most. */
const AGAIN_EVERY_MS = 3_000;

const COUNTED = new Set([
  'listDeadLetterGroups',
  'getStats',
  'getWebhookStats',
  'listWebhooks',
  'getWebhook',
]);

/**
 * Applies what the stream tells to the cache: rows are changed in place, and queries that it cannot answer are
 * repeated.
 */
export function keepCachesLive(client: QueryClient): (change: DeliveryChange) => void {
  const askForCounts = throttled(AGAIN_EVERY_MS, () => {
    void client.invalidateQueries({
      predicate: ({ queryKey }) => COUNTED.has(operationOf(queryKey)),
    });
  });
  return (change) => {
    switch (change.kind) {
      case 'delivery':
        changeRow(client, change.row);
        askForCounts();
        return;
      case 'operation':
        changeOperation(client, change.operation);
        return;
      case 'webhook':
        askForCounts();
        return;
      case 'summary':
      case 'again':
        askForCounts();
        void client.invalidateQueries({
          predicate: ({ queryKey }) => operationOf(queryKey) === 'getDelivery',
        });
    }
  };
}

type Changed<Kind> = Extract<DeliveryChange, { kind: Kind }>;

function changeRow(client: QueryClient, row: Changed<'delivery'>['row']): void {
  for (const { queryKey, state } of client.getQueryCache().getAll()) {
    const changed = withRow(state.data, row);
    if (changed !== state.data) client.setQueryData(queryKey, changed);
    // The row lacks the delivery's attempts.
    if (operationOf(queryKey) === 'getDelivery' && changed !== state.data) {
      void client.invalidateQueries({ queryKey, exact: true });
    }
  }
}

function changeOperation(client: QueryClient, operation: Changed<'operation'>['operation']): void {
  for (const { queryKey, state } of client.getQueryCache().getAll()) {
    const isIt = (state.data as { id?: string } | undefined)?.id === operation.id;
    if (isIt && operationOf(queryKey) === 'getOperation') client.setQueryData(queryKey, operation);
  }
  void client.invalidateQueries({
    predicate: ({ queryKey }) => operationOf(queryKey) === 'listOperations',
  });
}

/** The generated keys begin with their operation. */
function operationOf([first]: readonly unknown[]): string {
  return (first as { _id?: string } | undefined)?._id ?? '';
}
