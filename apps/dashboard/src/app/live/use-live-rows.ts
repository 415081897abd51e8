import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import type { DeliveryDocument } from '@schoolbell/api-client';
import { useCallback, useEffectEvent, useMemo, useState } from 'react';
import { rowsOf, withRow } from './rows-in-place.ts';
import { throttled } from './throttled.ts';
import { useDeliveryChanges } from './use-delivery-changes.ts';

const AGAIN_EVERY_MS = 2_000;

interface LiveList<Page extends { data: DeliveryDocument[] }> {
  /** The list's key in the cache, paged or infinite. */
  queryKey: QueryKey;
  /** Reads the newest page with the list's filters. */
  newest: () => Promise<Page>;
  /** Whether a row belongs to the list, mostly by `matchesDeliveryFilters`. */
  matches: (row: DeliveryDocument) => boolean;
}

interface LiveRows {
  /** How many new rows there are above the first row shown. */
  count: number;
  /** There are more than were counted: say "100+ new". */
  isAtLeast: boolean;
  /** Shows them: the list starts over with the newest page. */
  show: () => Promise<void>;
}

/**
 * Keeps a list of deliveries live. Rows on the page change in place; new rows would shift it, so they are counted and
 * held back until the user wants them.
 *
 * @example
 * const { queryKey } = listDeliveriesInfiniteOptions({ query });
 * const { count, isAtLeast, show } = useLiveRows({
 *   queryKey,
 *   newest: () => listDeliveries({ query }),
 *   matches: (row) => matchesDeliveryFilters(row, query),
 * });
 * Show the count above the list, and call `show` when the user wants the rows.
 */
export function useLiveRows<Page extends { data: DeliveryDocument[] }>(
  list: LiveList<Page>,
): LiveRows {
  const client = useQueryClient();
  const [held, setHeld] = useState<Held>(NONE);
  // Other filters make another list.
  const of = JSON.stringify(list.queryKey);
  const mine = held.of === of ? held : { ...NONE, of };

  const read = useEffectEvent(async () => {
    const page = await list.newest();
    client.setQueryData(list.queryKey, (data: unknown) =>
      page.data.reduce((changed, row) => withRow(changed, row), data),
    );
    const newer = page.data.filter((row) => isAbove(row, client.getQueryData(list.queryKey)));
    const isAtLeast = newer.length > 0 && newer.length === page.data.length;
    setHeld({ of, ids: new Set(newer.map(({ id }) => id)), isAtLeast });
  });
  const again = useMemo(
    () => throttled(AGAIN_EVERY_MS, () => void read().catch(() => undefined)),
    [],
  );
  useDeliveryChanges((change) => {
    if (change.kind === 'summary' || change.kind === 'again' || change.kind === 'webhook') again();
    if (change.kind === 'operation' && change.operation.status !== 'running') again();
    if (change.kind !== 'delivery') return;
    const { row } = change;
    const belongs = list.matches(row) && isAbove(row, client.getQueryData(list.queryKey));
    setHeld((before) => withHeld(before.of === of ? before : { ...NONE, of }, row.id, belongs));
  });

  const show = useCallback(async () => {
    const page = await list.newest();
    client.setQueryData(list.queryKey, (data: unknown) =>
      isInfinite(data) ? { pages: [page], pageParams: data.pageParams.slice(0, 1) } : page,
    );
    setHeld({ ...NONE, of });
  }, [client, list, of]);
  return { count: mine.ids.size, isAtLeast: mine.isAtLeast, show };
}

interface Held {
  /** The list's key. */
  of: string;
  ids: ReadonlySet<string>;
  isAtLeast: boolean;
}

const NONE: Held = { of: '', ids: new Set(), isAtLeast: false };

function withHeld(held: Held, id: string, belongs: boolean): Held {
  if (held.ids.has(id) === belongs) return held;
  const ids = new Set(held.ids);
  if (belongs) ids.add(id);
  else ids.delete(id);
  return { ...held, ids };
}

/** Ids sort by time. A list that is still being read will have the row anyway. */
function isAbove({ id }: DeliveryDocument, data: unknown): boolean {
  return data !== undefined && id > (rowsOf(data)[0]?.id ?? '');
}

function isInfinite(data: unknown): data is { pageParams: unknown[] } {
  return typeof data === 'object' && data !== null && 'pageParams' in data;
}
