import type { DeliveryHistoryDocument } from '@schoolbell/api-client';
import { failureAdvice } from './failure-advice.ts';
import { historyWords } from './history-words.ts';
import { ownAttempts } from './own-attempts.ts';
import { isRefusedForGood } from './status-advice.ts';
import type { Verdict, VerdictInput } from './verdict-input.ts';

/** A delivery is dead after this many interrupted attempts in a row. */
const MOST_INTERRUPTED = 5;

export function deadVerdict({ delivery, webhook }: VerdictInput): Verdict {
  const attempts = ownAttempts(delivery);
  const last = attempts.at(-1);
  const title = delivery.test ? 'The test failed' : 'Not delivered';
  if (!last) {
    const cause =
      delivery.attemptCount > 0 ? 'Its attempts are no longer kept.' : 'No request was made.';
    return { tone: 'bad', title, cause, step: 'retry it', turn: 'customer' };
  }
  const advice = failureAdvice(last, webhook);
  const meaning = [advice.meaning, endWords(delivery), fallbackWords(delivery)];
  return {
    ...advice,
    tone: 'bad',
    title,
    cause: historyWords(attempts),
    meaning: meaning.filter(Boolean).join(' '),
    ...nextOf(delivery, advice),
  };
}

/** Nothing more happens by itself, so it is somebody's turn even where the fault was ours. */
function nextOf(
  delivery: DeliveryHistoryDocument,
  { step, turn }: Pick<Verdict, 'step' | 'turn'>,
): Pick<Verdict, 'step' | 'turn'> {
  if (delivery.erased) return { step: undefined, turn: 'nobody' };
  if (delivery.test) return { step: step && `${step}; then test the webhook again`, turn };
  if (turn === 'schoolbell') return { step: step ?? 'retry it once that is over', turn };
  // A new event has its own id, and a retry would be refused again.
  if (turn === 'runtime' || step === undefined || /\bretry\b/.test(step)) return { step, turn };
  return { step: `${step}; then retry it`, turn };
}

/** Why none follows; that none does is said beside it. */
function endWords(delivery: DeliveryHistoryDocument): string {
  const attempts = ownAttempts(delivery);
  const { error, response, outcome } = attempts.at(-1)!;
  if (delivery.erased) return 'The event was erased, so it cannot be sent again.';
  if (delivery.test) return 'A test is sent once.';
  if (response?.status === 410 || isRefusedForGood({ error })) return '';
  if (error?.code === 'unsendable' || error?.code === 'damaged_event') {
    return 'Another attempt would fail in the same way.';
  }
  if (outcome === 'interrupted') {
    return `Its attempts were cut off ${MOST_INTERRUPTED} times in a row.`;
  }
  return 'The retry schedule is exhausted.';
}

function fallbackWords({ fallback }: DeliveryHistoryDocument): string {
  switch (fallback?.status) {
    case 'pending':
      return 'It is being sent to the webhook’s fallback URL.';
    case 'delivered':
      return 'The fallback URL has accepted it.';
    case 'dead':
      return 'The fallback URL did not accept it either.';
    case 'discarded':
      return 'It is no longer sent to the fallback URL.';
    case undefined:
      return '';
  }
}
