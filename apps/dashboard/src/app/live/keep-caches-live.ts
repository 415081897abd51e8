import type { QueryClient } from '@tanstack/react-query';
import { throttled } from './throttled.ts';
import type { DeliveryChange } from './delivery-change.ts';
import { withDelivery, withRow } from './rows-in-place.ts';

/** Queries of figures that are counted from deliveries, such as a webhook's health, are repeated this often at most. */
const AGAIN_EVERY_MS = 3_000;

const COUNTED = new Set([
  'listDeadLetterGroups',
  'getStats',
  'getWebhookStats',
  'listWebhooks',
  'getWebhook',
]);

/** Queries about one delivery or event: repeated when the stream sums up changes instead of sending rows. */
const ONE_BY_ONE = new Set(['getDelivery', 'getEvent', 'explainEvent']);

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
          predicate: ({ queryKey }) => ONE_BY_ONE.has(operationOf(queryKey)),
        });
    }
  };
}

type Changed<Kind> = Extract<DeliveryChange, { kind: Kind }>;

function changeRow(client: QueryClient, row: Changed<'delivery'>['row']): void {
  for (const { queryKey, state } of client.getQueryCache().getAll()) {
    const changed = withDelivery(withRow(state.data, row), row);
    const isChanged = changed !== state.data;
    if (isChanged) client.setQueryData(queryKey, changed);
    if (saysMore(queryKey, row, isChanged)) {
      void client.invalidateQueries({ queryKey, exact: true });
    }
  }
}

/** Whether a query holds more than the row: a delivery's attempts, or why a webhook wanted its event or not. */
function saysMore(
  queryKey: readonly unknown[],
  { eventId }: Changed<'delivery'>['row'],
  isChanged: boolean,
): boolean {
  const [first] = queryKey as readonly [{ path?: { id?: string } }?];
  switch (operationOf(queryKey)) {
    case 'getDelivery':
      return isChanged;
    case 'explainEvent':
      return first?.path?.id === eventId;
    default:
      return false;
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
