import { formatNamed, renderBody } from '@schoolbell/formats';
import type { AttemptRow, DeliveryHistory } from '@schoolbell/persistence';
import { storedData } from '../events/stored-data.js';

/**
 * The body that an attempt sent, rendered again: formats are pure functions, so these are the same bytes.
 *
 * @returns null when the event was pruned or is damaged, or the format is one that this version does not have
 */
export function sentBody(
  { format, renderedWith }: Pick<AttemptRow, 'format' | 'renderedWith'>,
  { delivery, event }: Pick<DeliveryHistory, 'delivery' | 'event'>,
): string | null {
  if (!event || storedData(event) === null || !formatNamed(format)) return null;
  return renderBody(format, { id: delivery.id, event }, renderedWith);
}
