import type { FieldPath } from 'react-hook-form';
import type { WebhookValues } from './webhook-values.ts';

/** Settings whose paths differ between the API and the form. */
const ELSEWHERE: readonly [path: RegExp, field: FieldPath<WebhookValues>][] = [
  [/^events/, 'events'],
  [/^scopes\.packageIds/, 'packageIds'],
  [/^scopes\.dispatchIds/, 'dispatchIds'],
  [/^retrySchedule/, 'retrySchedule'],
  [/^scopes/, 'packageIds'],
];

/**
 * The form's field for a fault, by the API's path.
 *
 * @returns undefined if the form has no such field
 */
export function fieldOfPath(
  path: string,
  values: WebhookValues,
): FieldPath<WebhookValues> | undefined {
  const elsewhere = ELSEWHERE.find(([pattern]) => pattern.test(path));
  if (elsewhere) return elsewhere[1];
  for (const list of ['headers', 'metadata'] as const) {
    if (path === list || path.startsWith(`${list}.`)) return fieldOfList(list, path, values);
  }
  const known = path
    .split('.')
    .reduce<unknown>(
      (value, name) =>
        typeof value === 'object' && value !== null ? value[name as keyof typeof value] : undefined,
      values,
    );
  return known === undefined ? undefined : (path as FieldPath<WebhookValues>);
}

function fieldOfList(
  list: 'headers' | 'metadata',
  path: string,
  values: WebhookValues,
): FieldPath<WebhookValues> | undefined {
  const name = path.slice(list.length + 1).toLowerCase();
  const index = values[list].findIndex((one) => one.name.trim().toLowerCase() === name);
  return index === -1 ? undefined : `${list}.${index}.value`;
}
