import type { DeliveryDocument } from '@schoolbell/api-client';

interface Page {
  data: DeliveryDocument[];
}

/**
 * Puts the row's new state into what a query of deliveries has cached: a page, pages, or one delivery.
 *
 * @returns the same object where the row is not in it
 */
export function withRow<Data>(data: Data, row: DeliveryDocument): Data {
  if (isPages(data)) {
    const pages = data.pages.map((page) => withRow(page, row));
    return pages.every((page, index) => page === data.pages[index]) ? data : { ...data, pages };
  }
  if (isPage(data)) {
    const at = data.data.findIndex(({ id }) => id === row.id);
    if (at < 0 || !isNews(row, data.data[at]!)) return data;
    return { ...data, data: data.data.with(at, { ...data.data[at], ...row }) };
  }
  return isDelivery(data) && data.id === row.id && isNews(row, data) ? { ...data, ...row } : data;
}

/** The rows of a list in the cache, however it is paged. */
export function rowsOf(data: unknown): DeliveryDocument[] {
  if (isPages(data)) return data.pages.flatMap((page) => (isPage(page) ? page.data : []));
  return isPage(data) ? data.data : [];
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

function isDelivery(data: unknown): data is DeliveryDocument {
  return isObject(data) && typeof data.id === 'string' && typeof data.updatedAt === 'string';
}

function isObject(data: unknown): data is Record<string, unknown> {
  return typeof data === 'object' && data !== null;
}
