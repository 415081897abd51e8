import type { AttemptDocument, DeliveryHistoryDocument } from '@schoolbell/api-client';

/** The attempts at the webhook itself: the history also has those at its fallback, which is another receiver. */
export function ownAttempts({
  attempts,
}: Pick<DeliveryHistoryDocument, 'attempts'>): AttemptDocument[] {
  return attempts.filter(({ trigger }) => trigger !== 'fallback');
}
