import type { AttemptDocument, DeliveryHistoryDocument } from '@schoolbell/api-client';
import { pendingVerdict } from './pending-verdict.ts';
import { deadVerdict } from './dead-verdict.ts';
import { heldVerdict } from './held-verdict.ts';
import { discardedVerdict } from './discarded-verdict.ts';
import { historyWords } from './history-words.ts';
import { hostOf } from '../../../ui/webhook-name.ts';
import { ownAttempts } from './own-attempts.ts';
import { statusText } from '../../../ui/status-text.ts';
import type { Verdict, VerdictInput } from './verdict-input.ts';

/**
 * What happened to a delivery, what comes next, and whose turn it is. It claims no more than is known: that a server
 * accepted a request does not say what its system did with it.
 */
export function verdictOf(input: VerdictInput): Verdict {
  switch (input.delivery.status) {
    case 'delivered':
      return deliveredVerdict(input.delivery);
    case 'pending':
      return pendingVerdict(input);
    case 'held':
      return heldVerdict(input);
    case 'dead':
      return deadVerdict(input);
    case 'discarded':
      return discardedVerdict(input);
  }
}

function deliveredVerdict(delivery: DeliveryHistoryDocument): Verdict {
  const base = { tone: 'good', title: 'Delivered', turn: 'nobody' } as const;
  if (delivery.coalescedInto !== undefined) {
    return {
      ...base,
      cause:
        'A newer event of the same session was sent in its place, and their server accepted that one: the webhook takes only the newest progress of each session.',
    };
  }
  const last = ownAttempts(delivery).at(-1);
  if (!last)
    return { ...base, cause: 'Their server accepted it. Its attempts are no longer kept.' };
  return { ...base, cause: acceptedWords(delivery, last) };
}

function acceptedWords(delivery: DeliveryHistoryDocument, last: AttemptDocument): string {
  const status = last.response === null ? 'with success' : statusText(last.response.status);
  const before = ownAttempts(delivery)
    .slice(0, -1)
    .filter(({ outcome }) => outcome !== 'delivered');
  const accepted = `${hostOf(last.url)} answered ${status}: their server has accepted the ${delivery.test ? 'test' : 'event'}.`;
  const processed =
    last.response?.status === 202
      ? 'It says that it will work on it later; how that went, only they know.'
      : 'What their system did with it after that, only they know.';
  const earlier = before.length === 0 ? '' : ` Before that: ${historyWords(before)}`;
  return `${accepted} ${processed}${earlier}`;
}
