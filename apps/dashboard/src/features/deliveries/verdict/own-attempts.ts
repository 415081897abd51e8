import type { AttemptDocument, DeliveryHistoryDocument } from '@schoolbell/api-client';

/** Those at the webhook itself: what goes to its fallback has the same history and another receiver. */
export function ownAttempts({
  attempts,
}: Pick<DeliveryHistoryDocument, 'attempts'>): AttemptDocument[] {
  return attempts.filter(({ trigger }) => trigger !== 'fallback');
}
