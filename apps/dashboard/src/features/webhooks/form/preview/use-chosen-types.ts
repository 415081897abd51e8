import { isCarried } from '../../settings/event-groups.ts';
import { useEventTypes } from '../../../../app/api/use-event-types.ts';
import type { WebhookValues } from '../webhook-values.ts';

/** The chosen types that the format can carry. */
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
