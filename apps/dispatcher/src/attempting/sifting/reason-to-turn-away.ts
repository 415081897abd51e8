import {
  ERASED_PAYLOAD,
  type ClaimedDelivery,
  type DiscardReason,
  type WebhookForSending,
} from '@schoolbell/delivery';
import { formatNamed, takesEvent } from '@schoolbell/formats';
import type { EventFilter } from '../../expressions/event-filter.js';

/**
 * Whether a webhook turns a delivery away before its first attempt: its format has no place for the event, or
 * its filter does not want it. Tests are always sent. An event that was erased is never sent, whatever made a delivery
 * of it at that very moment.
 *
 * @returns why, or undefined when the event goes; without a promise where there is nothing to ask
 */
export function reasonToTurnAway(
  webhook: WebhookForSending,
  claimed: ClaimedDelivery,
  filter: Pick<EventFilter, 'wants'>,
): DiscardReason | undefined | Promise<DiscardReason | undefined> {
  const { event } = claimed;
  if (event.payload === ERASED_PAYLOAD && claimed.trigger !== 'fallback') return 'erased';
  if (!isFirst(claimed)) return undefined;
  const format = formatNamed(webhook.format);
  if (format && !takesEvent(format, event)) return 'not_carried';
  if (webhook.filter === null) return undefined;
  return filter
    .wants(webhook.filter, webhook, event)
    .then((wants) => (wants ? undefined : 'filtered'));
}

/**
 * An attempt that was cut off may have been cut off before anybody asked: whoever takes it over asks again. What is
 * sent by hand, or to the `fallbackUrl`, was sent before.
 */
function isFirst({ attemptNumber, cycleFailures, trigger, takenOver, test }: ClaimedDelivery) {
  if (test || trigger === 'fallback') return false;
  return attemptNumber === 1 || (takenOver && cycleFailures === 0 && trigger === 'scheduled');
}
