import type { UseFormReturn } from 'react-hook-form';
import { problemOf } from '../../../app/api/api-problem.ts';
import { fieldOfPath } from './field-of-path.ts';
import type { WebhookValues } from './webhook-values.ts';

/**
 * Shows the API's faults at their fields, and focuses the first of them.
 *
 * @returns whether every fault has a field
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
  // After a section that contains it has opened.
  if (first) requestAnimationFrame(() => form.setFocus(first.field));
  return errors.length > 0 && known.length === placed.length;
}

const sentenceOf = (message: string): string => message.charAt(0).toUpperCase() + message.slice(1);
