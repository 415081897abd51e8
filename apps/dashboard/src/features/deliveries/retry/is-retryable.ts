import type { DeliveryDocument } from '@schoolbell/api-client';

type Retried = Pick<DeliveryDocument, 'status' | 'test' | 'erased'>;

/** Why a delivery cannot be sent by hand, as a sentence; undefined when it can. The API judges it anyway. */
export function whyNotRetryable({ status, test, erased }: Retried): string | undefined {
  if (erased) return 'Its event was erased: nothing is left to send.';
  if (test) return 'A test is sent once: test the webhook again.';
  if (status === 'held') return 'It waits for its webhook: resume the webhook to send it.';
  if (status === 'discarded') return 'It was discarded, and is not sent again.';
  return undefined;
}
