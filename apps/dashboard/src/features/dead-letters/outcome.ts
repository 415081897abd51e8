import type { DeliveryDocument } from '@schoolbell/api-client';
import { errorWords } from '../../ui/error-words.ts';
import { agoOf } from '../../ui/instants.ts';
import { duration } from '../../ui/numbers.ts';
import { statusText } from '../../ui/status-text.ts';

export interface Outcome {
  kind: 'under way' | 'delivered' | 'failed' | 'held' | 'discarded';
  words: string;
}

/**
 * The outcome of a retry by hand, as far as it is known.
 *
 * @param attemptsBefore how many attempts the delivery had when it was retried
 */
export function outcomeOf(
  delivery: DeliveryDocument,
  attemptsBefore: number,
  now: number,
): Outcome {
  const { status, attemptCount, lastAttempt, nextAttemptAt } = delivery;
  if (status === 'held') {
    return {
      kind: 'held',
      words: 'Held: its webhook is paused. It is sent when the webhook is resumed.',
    };
  }
  if (status === 'discarded')
    return { kind: 'discarded', words: 'It has been discarded in the meantime.' };
  if (status === 'delivered')
    return { kind: 'delivered', words: `Delivered${answerOf(delivery)}.` };
  if (attemptCount <= attemptsBefore || !lastAttempt) return underWay(nextAttemptAt, now);
  const { label } = errorWords(lastAttempt.errorCode, lastAttempt.responseStatus);
  const next =
    status === 'dead' || nextAttemptAt === null
      ? 'It is a dead letter again.'
      : `The next attempt follows by the retry schedule, ${agoOf(nextAttemptAt, now)}.`;
  return { kind: 'failed', words: `It failed again: ${label}${answerOf(delivery)}. ${next}` };
}

function answerOf({ lastAttempt }: DeliveryDocument): string {
  if (!lastAttempt) return '';
  const { responseStatus, durationMs } = lastAttempt;
  const answer = responseStatus === null ? '' : `, answered ${statusText(responseStatus)}`;
  return durationMs === null
    ? answer
    : `${answer} ${responseStatus === null ? 'after' : 'in'} ${duration(durationMs)}`;
}

/** A delivery that is collected for a batch, or waits for a rate limit, has its next attempt ahead. */
function underWay(nextAttemptAt: string | null, now: number): Outcome {
  const later = nextAttemptAt !== null && Date.parse(nextAttemptAt) - now > 10_000;
  return {
    kind: 'under way',
    words: later
      ? `It waits for its attempt, ${agoOf(nextAttemptAt, now)} at the latest.`
      : 'It is on its way.',
  };
}
