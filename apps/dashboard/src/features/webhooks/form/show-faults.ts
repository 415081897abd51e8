import type { UseFormReturn } from 'react-hook-form';
import { problemOf } from '../../../app/api/api-problem.ts';
import { fieldOfPath } from './field-of-path.ts';
import type { WebhookValues } from './webhook-values.ts';

/**
 * Shows what the API refused at the fields that it is about, and leads to the first of them.
 *
 * @returns whether all of it has a field
 */
export function showFaults(form: UseFormReturn<WebhookValues>, error: unknown): boolean {
  const { errors } = problemOf(error);
  const placed = errors.map(({ path, message }) => ({
    field: fieldOfPath(path, form.getValues()),
    message: sentenceOf(path.startsWith('events[') ? `${message} (${path})` : message),
  }));
  const known = placed.flatMap(({ field, message }) => (field ? [{ field, message }] : []));
  for (const { field, message } of known.toReversed()) form.setError(field, { message });
  const [first] = known;
  // Once a section that holds it has opened.
  if (first) requestAnimationFrame(() => form.setFocus(first.field));
  return errors.length > 0 && known.length === placed.length;
}

const sentenceOf = (message: string): string => message.charAt(0).toUpperCase() + message.slice(1);
