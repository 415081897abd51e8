import type { BatchMember } from '@schoolbell/delivery';
import { formatNamed, renderBody } from '@schoolbell/formats';
import type { AttemptRow, DeliveryHistory } from '@schoolbell/persistence';
import { storedData } from '../events/stored-data.js';

/**
 * The body that an attempt sent, rendered again: formats are pure functions, so the bytes are the same.
 *
 * @returns null when an event was pruned or is damaged, when this version does not have the format, or when the body
 * also needs what an interrupted or unsent attempt did not keep
 */
export function sentBody(
  { format, renderedWith, batch }: Pick<AttemptRow, 'format' | 'renderedWith' | 'batch'>,
  { delivery, event }: Pick<DeliveryHistory, 'delivery' | 'event'>,
): string | null {
  const sent = batch?.members ?? [{ deliveryId: delivery.id, event }];
  const [first, ...others] = sent.filter(isWhole);
  if (!first || others.length + 1 < sent.length || !isKept(format, renderedWith)) return null;
  const members = batch ? { members: [first, ...others] as const } : {};
  const { id } = batch ?? delivery;
  return renderBody(format, { id, event: first.event, ...members }, renderedWith);
}

/** Whether everything besides the events that the body was made of is there. */
function isKept(format: string, renderedWith: string | null): boolean {
  const wire = formatNamed(format);
  return wire !== undefined && (!wire.usesContext || renderedWith !== null);
}

function isWhole(member: { event: BatchMember['event'] | null }): member is BatchMember {
  return member.event !== null && storedData(member.event) !== null;
}
