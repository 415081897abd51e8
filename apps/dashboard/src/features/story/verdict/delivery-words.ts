import type { DeliveryDocument } from '@schoolbell/api-client';
import { counted } from '../../../ui/numbers.ts';
import { turnAfter } from '../../../ui/turn.ts';
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

/** What has to be done before a dead letter is worth a retry. */
export function stepAfter(dead: DeliveryDocument, { nameOf }: Telling): string {
  if (turnAfter(dead) === 'receiver') {
    return `Ask the people who run ${nameOf(dead.webhookId)} to repair it, then retry.`;
  }
  const isOurs = turnAfter({ ...dead, status: 'pending' }) === 'schoolbell';
  return isOurs ? 'Retry it.' : 'Correct the settings of the webhook, then retry.';
}

/** Who has to act while further attempts are scheduled. */
export function whoMends(failing: DeliveryDocument, { nameOf }: Telling): string {
  const turn = turnAfter(failing);
  if (turn === 'receiver')
    return `Ask the people who run ${nameOf(failing.webhookId)} to repair it`;
  return turn === 'customer'
    ? 'Check the settings of the webhook'
    : 'Wait, because the fault was on our side';
}

/** "HR", "HR and Certificates", "HR and 3 more webhooks" */
export function namesOf(deliveries: readonly DeliveryDocument[], { nameOf }: Telling): string {
  const [first, second, ...others] = [...new Set(deliveries.map(({ webhookId }) => webhookId))];
  if (second === undefined) return nameOf(first!);
  if (others.length === 0) return `${nameOf(first!)} and ${nameOf(second)}`;
  return `${nameOf(first!)} and ${counted(others.length + 1, 'more webhook')}`;
}
