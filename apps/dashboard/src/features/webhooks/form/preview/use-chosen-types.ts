import { isCarried } from '../../settings/event-groups.ts';
import { useEventTypes } from '../../use-event-types.ts';
import type { WebhookValues } from '../webhook-values.ts';

/** The types that the form chooses, as far as the format carries them. */
export function useChosenTypes({
  events,
  format,
}: Pick<WebhookValues, 'events' | 'format'>): string[] {
  const { data = [] } = useEventTypes();
  return data
    .filter((type) => events.includes('*') || events.includes(type.type))
    .filter((type) => isCarried(format, type))
    .map(({ type }) => type);
}
