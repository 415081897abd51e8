import type { Header } from '../contract/wire-format.js';

/** What a webhook's own header values may name between two pairs of braces. */
export interface PlaceholderValues {
  type: string;
  eventId: string;
  deliveryId: string;
}

const PLACEHOLDER = /\{\{(type|eventId|deliveryId)\}\}/g;

/** A webhook's own headers, with `{{type}}`, `{{eventId}}` and `{{deliveryId}}` filled in; other braces stay. */
export function filledIn(
  headers: Readonly<Record<string, string>>,
  values: PlaceholderValues,
): Header[] {
  return Object.entries(headers).map(([name, value]) => [
    name,
    value.includes('{{')
      ? value.replaceAll(PLACEHOLDER, (_, key: keyof PlaceholderValues) => values[key])
      : value,
  ]);
}
