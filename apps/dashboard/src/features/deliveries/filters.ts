import type { ListDeliveriesData } from '@schoolbell/api-client';
import type { DeliveryFilter } from '../../app/delivery-filters.ts';

/** The filters in the address, as plain text. `from` is a moment, or how far back from now: `24h`. */
export type DeliveryFilters = Partial<Record<DeliveryFilter, string>>;

type Query = NonNullable<ListDeliveriesData['query']>;

const HOUR_MS = 3_600_000;
/** How far back, by its word in the address: it means the same tomorrow, and to whoever gets the link. */
export const RANGES = {
  '1h': HOUR_MS,
  '24h': 24 * HOUR_MS,
  '7d': 7 * 24 * HOUR_MS,
  '30d': 30 * 24 * HOUR_MS,
} as const;
type Range = keyof typeof RANGES;

export const isRange = (text: string | undefined): text is Range =>
  text !== undefined && Object.hasOwn(RANGES, text);

/** The API's query. @param now Unix milliseconds, from which ranges count back */
export function queryOf(filters: DeliveryFilters, now: number): Query {
  const { responseStatus, from, to, ...rest } = filters;
  return {
    // The API refuses an invalid value, and the page shows its message.
    ...(rest as Query),
    ...(responseStatus !== undefined && { responseStatus: Number(responseStatus) }),
    ...(from !== undefined && { from: momentOf(from, now) }),
    ...(to !== undefined && { to: momentOf(to, now) }),
  };
}

/** A range begins at a full second, so that all pages of a list ask for the same range. */
function momentOf(text: string, now: number): string {
  if (!isRange(text)) return text;
  return new Date(Math.floor((now - RANGES[text]) / 1_000) * 1_000).toISOString();
}

/** Whether anything narrows the list. */
export function isNarrowed(filters: DeliveryFilters): boolean {
  return Object.values(filters).some((value) => value !== undefined);
}

/** For `<input type="datetime-local">`, in the viewer's own zone. */
export function toLocalInput(at: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return '';
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** The moment that was entered there; undefined while it is incomplete. */
export function fromLocalInput(text: string): string | undefined {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
