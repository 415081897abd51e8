import type { BatchMember } from '@schoolbell/delivery';
import { formatNamed, renderBody } from '@schoolbell/formats';
import type { AttemptRow, DeliveryHistory } from '@schoolbell/persistence';
import { storedData } from '../events/stored-data.js';

/**
 * The body that an attempt sent, rendered again: formats are pure functions, so these are the same bytes.
 *
 * @returns null when an event was pruned or is damaged, or the format is one that this version does not have
 */
export function sentBody(
  { format, renderedWith, batch }: Pick<AttemptRow, 'format' | 'renderedWith' | 'batch'>,
  { delivery, event }: Pick<DeliveryHistory, 'delivery' | 'event'>,
): string | null {
  const sent = batch?.members ?? [{ deliveryId: delivery.id, event }];
  const [first, ...others] = sent.filter(isWhole);
  if (!first || others.length + 1 < sent.length || !formatNamed(format)) return null;
  const members = batch ? { members: [first, ...others] as const } : {};
  const { id } = batch ?? delivery;
  return renderBody(format, { id, event: first.event, ...members }, renderedWith);
}

function isWhole(member: { event: BatchMember['event'] | null }): member is BatchMember {
  return member.event !== null && storedData(member.event) !== null;
}
