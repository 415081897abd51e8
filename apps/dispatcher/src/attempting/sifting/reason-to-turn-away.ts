import {
  ERASED_PAYLOAD,
  type ClaimedDelivery,
  type DiscardReason,
  type WebhookForSending,
} from '@schoolbell/delivery';
import { formatNamed, takesEvent } from '@schoolbell/formats';
import type { EventFilter } from '../../expressions/event-filter.js';

/**
 * Why a webhook turns a delivery away before its first attempt: its format cannot carry the event, or its filter does
 * not want it. Tests are always sent. An event that was erased is never sent, even if a delivery of it was made at that
 * very moment.
 *
 * @returns undefined when the event goes; without a promise if nothing has to be asked
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
 * An interrupted attempt may have been interrupted before the filter was asked, so whoever takes it over asks again.
 * What is retried by hand, or sent to the `fallbackUrl`, was sent before.
 */
function isFirst({ attemptNumber, cycleFailures, trigger, takenOver, test }: ClaimedDelivery) {
  if (test || trigger === 'fallback') return false;
  return attemptNumber === 1 || (takenOver && cycleFailures === 0 && trigger === 'scheduled');
}
