import { withoutQuotes } from '@schoolbell/delivery';
import type { WebhookRecord } from '@schoolbell/persistence';

const NOT_SHOWN =
  'The filter failed on this event. The reason is shown only to those who may see the data of events.';

/** A webhook for readers who may not see events' data: its errors quote none. */
export function withoutQuotedEvents(webhook: WebhookRecord): WebhookRecord {
  const { filterError, pauseLastError } = webhook;
  return {
    ...webhook,
    filterError: filterError && { ...filterError, message: NOT_SHOWN },
    pauseLastError: pauseLastError === null ? null : withoutQuotes(pauseLastError),
  };
}
