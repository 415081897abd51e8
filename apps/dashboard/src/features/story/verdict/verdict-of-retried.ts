import type { DeliveryDocument } from '@schoolbell/api-client';
import { counted } from '../../../ui/numbers.ts';
import { answerWords } from '../../deliveries/words/outcome-words.ts';
import { isMoving } from '../../events/is-moving.ts';
import type { StoryEvent } from '../sessions.ts';
import type { Verdict } from './verdict.ts';
import type { Telling } from './telling.ts';
import { verdictOfDeliveries, verdictOfSending } from './verdict-of-deliveries.ts';

/** Deliveries of a completion that the user retried from its story. */
export interface Retried {
  eventId: string;
  /** How many attempts each delivery had before, by its id. */
  attempts: ReadonlyMap<string, number>;
}

/** The outcome of a retry. */
export interface Outcome {
  kind: 'sending' | 'delivered' | 'failed';
  text: string;
}

/** The verdict on a completion at the webhooks to which it was sent again, and only there. */
export function verdictOfRetried(
  completed: StoryEvent,
  { attempts }: Retried,
  telling: Telling,
): { verdict: Verdict; outcome: Outcome | undefined } {
  const deliveries = completed.deliveries.filter(({ id }) => attempts.has(id));
  if (deliveries.some((delivery) => isUnderWay(delivery, attempts, telling.now))) {
    return {
      verdict: verdictOfSending(completed, deliveries, telling),
      outcome: { kind: 'sending', text: 'Sending …' },
    };
  }
  return {
    verdict: verdictOfDeliveries({ ...completed, deliveries }, telling, { isRetried: true }),
    outcome: outcomeOf(
      deliveries.filter(({ id, attemptCount }) => attemptCount > attempts.get(id)!),
      telling,
    ),
  };
}

/** A delivery that still reads `dead` was read before its retry. */
function isUnderWay(
  delivery: DeliveryDocument,
  attempts: Retried['attempts'],
  now: number,
): boolean {
  if (delivery.attemptCount > attempts.get(delivery.id)!) return false;
  return delivery.status === 'dead' || isMoving(delivery, now);
}

function outcomeOf(ended: readonly DeliveryDocument[], { at }: Telling): Outcome | undefined {
  const failed = ended.filter(({ status }) => status !== 'delivered');
  const last = (failed.length > 0 ? failed : ended)
    .flatMap(({ lastAttempt }) => lastAttempt ?? [])
    .toSorted((one, other) => one.at.localeCompare(other.at))
    .at(-1);
  if (!last) return undefined;
  const when = at(last.at);
  if (failed.length === 0) {
    const all = ended.length > 1 ? `All ${ended.length} delivered` : 'Delivered';
    return { kind: 'delivered', text: `${all} ${when}.` };
  }
  const some =
    ended.length > 1 ? `${failed.length} of ${counted(ended.length, 'retry', 'retries')} f` : 'F';
  return { kind: 'failed', text: `${some}ailed again ${when}: ${inSentence(answerWords(last))}.` };
}

/** "Connection refused" with a small letter; "TLS failed" and "503 …" as they are. */
const inSentence = (words: string): string =>
  /^[A-Z][a-z]/.test(words) ? words.charAt(0).toLowerCase() + words.slice(1) : words;
