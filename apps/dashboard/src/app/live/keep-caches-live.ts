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

/** What is asked again when nobody tells row by row. */
const ONE_BY_ONE = new Set(['getDelivery', 'getEvent', 'explainEvent']);

/** Changes in the cache what the stream tells: rows in place, and asks again for what it cannot tell. */
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

/** Its attempts are not in the row, and neither is why a webhook did or did not want its event. */
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
