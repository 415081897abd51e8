import type { DeliveryDocument } from '@schoolbell/api-client';

interface Item {
  id: string;
}

interface Page {
  data: Item[];
}

/** An event as in lists, or as on its own page, which has no counts. */
interface EventOfCache extends Item {
  deliveries: DeliveryDocument[];
  deliveryCounts?: Record<DeliveryDocument['status'], number>;
}

/** Lists of events have at most this many deliveries of each; others are only counted. */
const MOST_LISTED = 5;

/**
 * Puts the row's new state into what a query of deliveries has cached: a page, pages, or one delivery.
 *
 * @returns the same object where the row is not in it
 */
export function withRow<Data>(data: Data, row: DeliveryDocument): Data {
  return withChanged(data, row.id, (known) =>
    isDelivery(known) && isNews(row, known) ? { ...known, ...row } : known,
  );
}

/** The same of a query of events: the event of the delivery has it as it is now, and counts it so. */
export function withDelivery<Data>(data: Data, row: DeliveryDocument): Data {
  return withChanged(data, row.eventId, (known) =>
    isEvent(known) ? eventWith(known, row) : known,
  );
}

/** The rows of a list in the cache, however it is paged. */
export function rowsOf(data: unknown): DeliveryDocument[] {
  if (isPages(data)) return data.pages.flatMap(rowsOf);
  return isPage(data) ? (data.data as DeliveryDocument[]) : [];
}

/** A list in the cache, however it is paged, with these rows where it has them. */
export function withFresh<Data>(data: Data, rows: readonly Item[]): Data {
  return rows.reduce((changed, row) => withChanged(changed, row.id, () => row), data);
}

function withChanged<Data>(data: Data, id: string, change: (known: Item) => Item): Data {
  if (isPages(data)) {
    const pages = data.pages.map((page) => withChanged(page, id, change));
    return pages.every((page, index) => page === data.pages[index]) ? data : { ...data, pages };
  }
  if (isPage(data)) {
    const at = data.data.findIndex((item) => item.id === id);
    const known = data.data[at];
    const changed = known && change(known);
    return changed === known ? data : { ...data, data: data.data.with(at, changed!) };
  }
  return isItem(data) && data.id === id ? (change(data) as Data & Item) : data;
}

function eventWith(event: EventOfCache, row: DeliveryDocument): EventOfCache {
  const { deliveries, deliveryCounts } = event;
  const at = deliveries.findIndex(({ id }) => id === row.id);
  const known = deliveries[at];
  if (known) {
    if (!isNews(row, known)) return event;
    const changed = deliveries.with(at, { ...known, ...row });
    return { ...event, deliveries: changed, ...counted(deliveryCounts, row, known) };
  }
  // It may be one that is counted already, but not listed.
  if (row.test || !areAllListed(event)) return event;
  const listed = deliveryCounts && deliveries.length >= MOST_LISTED ? [] : [row];
  return { ...event, deliveries: [...deliveries, ...listed], ...counted(deliveryCounts, row) };
}

function counted(
  counts: EventOfCache['deliveryCounts'],
  row: DeliveryDocument,
  before?: DeliveryDocument,
): Pick<EventOfCache, 'deliveryCounts'> {
  if (!counts) return {};
  const without = before ? { ...counts, [before.status]: counts[before.status] - 1 } : counts;
  return { deliveryCounts: { ...without, [row.status]: without[row.status] + 1 } };
}

function areAllListed({ deliveries, deliveryCounts }: EventOfCache): boolean {
  const counts = Object.values(deliveryCounts ?? {});
  return !deliveryCounts || counts.reduce((sum, count) => sum + count, 0) === deliveries.length;
}

/** An answer to a call may be newer than what the stream says. A pause changes the status alone. */
function isNews(row: DeliveryDocument, known: DeliveryDocument): boolean {
  if (row.updatedAt !== known.updatedAt) return row.updatedAt > known.updatedAt;
  return row.status !== known.status;
}

function isPages(data: unknown): data is { pages: unknown[] } {
  return isObject(data) && Array.isArray(data.pages);
}

function isPage(data: unknown): data is Page {
  return isObject(data) && Array.isArray(data.data);
}

function isItem(data: unknown): data is Item {
  return isObject(data) && typeof data.id === 'string';
}

function isDelivery(item: Item): item is DeliveryDocument {
  return 'updatedAt' in item && typeof item.updatedAt === 'string';
}

function isEvent(item: Item): item is EventOfCache {
  return 'deliveries' in item && Array.isArray(item.deliveries);
}

function isObject(data: unknown): data is Record<string, unknown> {
  return typeof data === 'object' && data !== null;
}
