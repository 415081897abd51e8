import type { DeliveryDocument } from '@schoolbell/api-client';
import { counted } from '../../../ui/numbers.ts';
import { type Turn, turnAfter } from '../../../ui/turn.ts';
import { lastAnswer } from '../../events/last-answer.ts';
import type { Telling } from './telling.ts';

/** Only the last answer is known here; those before it may have been different. */
export function answered(
  { lastAttempt, attemptCount, webhookId }: DeliveryDocument,
  telling: Telling,
): string {
  const name = telling.nameOf(webhookId);
  if (!lastAttempt) return `Nothing was sent to ${name}.`;
  const which =
    attemptCount === 1 ? 'the only attempt' : `the last of ${counted(attemptCount, 'attempt')}`;
  return `${name} ${lastAnswer(lastAttempt)} at ${which}, ${telling.at(lastAttempt.at)}.`;
}

/** How a delivered one was taken, and at which attempt, where there were several. */
export function tookIt(delivered: DeliveryDocument, telling: Telling): string {
  const { lastAttempt, attemptCount, webhookId } = delivered;
  if (lastAttempt && attemptCount > 1) return answered(delivered, telling);
  const answer = lastAttempt?.responseStatus == null ? 'took it' : lastAnswer(lastAttempt);
  return `${telling.nameOf(webhookId)} ${answer}${lastAttempt ? ` ${telling.at(lastAttempt.at)}` : ''}.`;
}

/** What has to be done before a dead letter is worth a retry. */
export function stepAfter(dead: DeliveryDocument, telling: Telling): string {
  const since = tookSince(dead, telling);
  if (since !== undefined) return `${since}: retry.`;
  if (turnAfter(dead) === 'receiver') {
    const name = telling.nameOf(dead.webhookId);
    const failures = telling.failuresOf(dead.webhookId);
    // As many as its own may be its own.
    const others = failures > dead.attemptCount ? ` Its last ${failures} attempts all failed.` : '';
    return `Ask the people who run ${name} to repair it, then retry.${others}`;
  }
  const isOurs = turnAfter({ ...dead, status: 'pending' }) === 'schoolbell';
  return isOurs ? 'Retry it.' : 'Correct the settings of the webhook, then retry.';
}

/** Who has to act while further attempts are scheduled. */
export function whoMends(failing: DeliveryDocument, telling: Telling): string {
  const since = tookSince(failing, telling);
  if (since !== undefined) return `${since}: wait`;
  const turn = turnAfter(failing);
  if (turn === 'receiver')
    return `Ask the people who run ${telling.nameOf(failing.webhookId)} to repair it`;
  return turn === 'customer'
    ? 'Check the settings of the webhook'
    : 'Wait, because the fault was on our side';
}

/** Whose turn it is after a failure: no longer the receiver's once it took another event. */
export function turnOf(failed: DeliveryDocument, telling: Telling): Turn {
  if (tookSince(failed, telling) === undefined) return turnAfter(failed);
  return failed.status === 'dead' ? 'customer' : 'schoolbell';
}

/** That the receiver may have been repaired, if it took another event after this one failed. */
function tookSince(failed: DeliveryDocument, telling: Telling): string | undefined {
  const { webhookId, lastAttempt } = failed;
  const taken = telling.tookAt(webhookId);
  if (taken === undefined || !lastAttempt || taken <= lastAttempt.at) return undefined;
  if (turnAfter(failed) !== 'receiver') return undefined;
  return `${telling.nameOf(webhookId)} took another event since, ${telling.at(taken)}, so it may be repaired`;
}

/** "HR", "HR and Certificates", "HR and 3 more webhooks" */
export function namesOf(deliveries: readonly DeliveryDocument[], { nameOf }: Telling): string {
  const [first, second, ...others] = [...new Set(deliveries.map(({ webhookId }) => webhookId))];
  if (second === undefined) return nameOf(first!);
  if (others.length === 0) return `${nameOf(first!)} and ${nameOf(second)}`;
  return `${nameOf(first!)} and ${counted(others.length + 1, 'more webhook')}`;
}
