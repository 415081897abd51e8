import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { DeliveryDocument, ListDeliveriesResponse } from '@schoolbell/api-client';

type Pages = InfiniteData<ListDeliveriesResponse, unknown>;

/** Every list in the cache, including those of other pages that use the same operation. */
const ALL_LISTS = [{ _id: 'listDeliveries', _infinite: true }];

/** Rows in lists change where they are: no row moves. */
export function patchLists(client: QueryClient, changed: readonly DeliveryDocument[]): void {
  const byId = new Map(changed.map((delivery) => [delivery.id, delivery]));
  client.setQueriesData<Pages>({ queryKey: ALL_LISTS }, (data) => data && patched(data, byId));
}

function patched(data: Pages, byId: ReadonlyMap<string, DeliveryDocument>): Pages {
  let isChanged = false;
  const pages = data.pages.map((page) => {
    if (!page.data.some((row) => isNewer(byId.get(row.id), row))) return page;
    isChanged = true;
    return { ...page, data: page.data.map((row) => merged(row, byId.get(row.id))) };
  });
  return isChanged ? { ...data, pages } : data;
}

function isNewer(next: DeliveryDocument | undefined, row: DeliveryDocument): boolean {
  // A pause changes the status of waiting deliveries without touching their rows.
  return (
    next !== undefined &&
    (next.updatedAt > row.updatedAt ||
      (next.updatedAt === row.updatedAt && next.status !== row.status))
  );
}

/** The answer to a retry does not say whom the delivery is about. */
function merged(row: DeliveryDocument, next: DeliveryDocument | undefined): DeliveryDocument {
  return isNewer(next, row) ? { ...next!, event: next!.event ?? row.event } : row;
}
