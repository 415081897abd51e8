import type { DeliveryDocument } from '@schoolbell/api-client';
import { counted } from '../../../ui/numbers.ts';
import { lastAnswer } from '../../events/last-answer.ts';
import { answerWords } from '../../deliveries/words/outcome-words.ts';
import { isMoving } from '../../events/is-moving.ts';
import type { StoryEvent } from '../sessions.ts';
import type { Verdict } from './verdict.ts';
import type { Telling } from './telling.ts';
import { verdictOfDeliveries, verdictOfSending } from './verdict-of-deliveries.ts';

/** Deliveries of a completion that the user retried from its story. */
export interface Retried {
  eventId: string;
  /** The deliveries as they were before, by their ids. */
  before: ReadonlyMap<string, DeliveryDocument>;
}

/** The outcome of a retry. */
export interface Outcome {
  kind: 'sending' | 'delivered' | 'failed';
  text: string;
}

/** The verdict on a completion at the webhooks to which it was sent again, and only there. */
export function verdictOfRetried(
  completed: StoryEvent,
  { before }: Retried,
  telling: Telling,
): { verdict: Verdict; outcome: Outcome | undefined } {
  const deliveries = completed.deliveries.filter(({ id }) => before.has(id));
  if (deliveries.some((delivery) => isUnderWay(delivery, before, telling.now))) {
    return {
      verdict: verdictOfSending(completed, deliveries, telling),
      outcome: { kind: 'sending', text: 'Sending …' },
    };
  }
  const verdict = verdictOfDeliveries({ ...completed, deliveries }, telling, { isRetried: true });
  return {
    verdict: verdict.kind === 'arrived' ? withReason(verdict, before, telling) : verdict,
    outcome: outcomeOf(
      deliveries.filter(({ id, attemptCount }) => attemptCount > before.get(id)!.attemptCount),
      telling,
    ),
  };
}

/** Adds why it had not arrived before, for users who are asked again. */
function withReason(verdict: Verdict, before: Retried['before'], telling: Telling): Verdict {
  const failed = before.get(verdict.deliveryId!)?.lastAttempt;
  if (!failed) return verdict;
  const reason = `Before that, it ${lastAnswer(failed)}, ${telling.at(failed.at)}.`;
  return { ...verdict, text: `${verdict.text} ${reason}` };
}

/** A delivery that still reads `dead` was read before its retry. */
function isUnderWay(delivery: DeliveryDocument, before: Retried['before'], now: number): boolean {
  if (delivery.attemptCount > before.get(delivery.id)!.attemptCount) return false;
  return delivery.status === 'dead' || isMoving(delivery, now);
}

function outcomeOf(ended: readonly DeliveryDocument[], { at }: Telling): Outcome | undefined {
  const failed = ended.filter(({ status }) => status !== 'delivered');
  const last = (failed.length > 0 ? failed : ended)
    .flatMap(({ lastAttempt }) => lastAttempt ?? [])
    .toSorted((one, other) => one.at.localeCompare(other.at))
    .at(-1);
  if (!last) return undefined;
  if (failed.length === 0) {
    const text = ended.length > 1 ? `All ${ended.length} delivered` : 'Delivered';
    return { kind: 'delivered', text };
  }
  const some =
    ended.length > 1 ? `${failed.length} of ${counted(ended.length, 'retry', 'retries')} f` : 'F';
  return {
    kind: 'failed',
    text: `${some}ailed again ${at(last.at)}: ${inSentence(answerWords(last))}.`,
  };
}

/** "Connection refused" with a small letter; "TLS failed" and "503 …" as they are. */
const inSentence = (words: string): string =>
  /^[A-Z][a-z]/.test(words) ? words.charAt(0).toLowerCase() + words.slice(1) : words;
