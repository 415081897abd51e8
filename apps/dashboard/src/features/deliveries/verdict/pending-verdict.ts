import { failureAdvice } from './failure-advice.ts';
import { historyWords } from './history-words.ts';
import { ownAttempts } from './own-attempts.ts';
import type { Verdict, VerdictInput } from './verdict-input.ts';

/** A dispatcher claims a due delivery within two seconds; after this time something holds it up. */
const PUNCTUAL_MS = 10_000;

export function pendingVerdict(input: VerdictInput): Verdict {
  const last = ownAttempts(input.delivery).at(-1);
  if (last?.outcome === 'delivered') return againVerdict();
  return last ? failedVerdict(input) : newVerdict(input);
}

function againVerdict(): Verdict {
  return {
    tone: 'wait',
    title: 'Being sent again',
    cause:
      'Their server accepted it before, and somebody retried it: same id, same body. The outcome is not known yet.',
    turn: 'schoolbell',
  };
}

function failedVerdict(input: VerdictInput): Verdict {
  const { delivery, webhook } = input;
  const attempts = ownAttempts(delivery);
  const advice = failureAdvice(attempts.at(-1)!, webhook);
  const { meaning = '' } = advice;
  return {
    ...advice,
    tone: advice.turn === 'schoolbell' ? 'wait' : 'bad',
    title: 'Not delivered yet',
    cause: historyWords(attempts),
    meaning:
      `${meaning} ${lateWords(input) ?? 'Nothing is lost: the next attempt follows by itself.'}`.trim(),
  };
}

function newVerdict(input: VerdictInput): Verdict {
  const { delivery, webhook, now } = input;
  const base = { tone: 'wait', title: 'Not sent yet', turn: 'schoolbell' } as const;
  const late = lateWords(input);
  if (late !== undefined) return { ...base, cause: late };
  const isLater = delivery.nextAttemptAt !== null && Date.parse(delivery.nextAttemptAt) > now;
  if (isLater && webhook?.delivery.mode === 'batch') {
    return {
      ...base,
      cause:
        'It is collected for a batch, which goes when it is full, and at the latest at the time below.',
    };
  }
  return { ...base, cause: 'The first attempt is about to be made.' };
}

/** Why an overdue delivery was not sent yet; undefined when it is not overdue. */
function lateWords({ delivery, webhook, now }: VerdictInput): string | undefined {
  const { nextAttemptAt } = delivery;
  if (nextAttemptAt === null || now - Date.parse(nextAttemptAt) < PUNCTUAL_MS) return undefined;
  if (webhook?.ordering === 'session') {
    return 'It is due and waits for its turn: the webhook keeps the order of each session, so an earlier delivery of the same session comes first.';
  }
  if (typeof webhook?.rateLimit === 'number') {
    return `It is due and waits for its turn: the webhook takes ${webhook.rateLimit} requests a second, and other deliveries come first.`;
  }
  return 'It is due, but none of its attempts has ended yet: other deliveries come first, or Schoolbell is busy or stopped.';
}
