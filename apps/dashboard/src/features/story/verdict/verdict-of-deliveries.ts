import type { DeliveryDocument } from '@schoolbell/api-client';
import { counted } from '../../../ui/numbers.ts';
import { isMoving } from '../../events/is-moving.ts';
import { isOurs, lastAnswer } from '../../events/last-answer.ts';
import type { StoryEvent } from '../sessions.ts';
import type { Verdict } from './verdict.ts';

/** What a verdict is told with. */
export interface Telling {
  /** A webhook's name by its id. */
  nameOf: (webhookId: string) => string;
  /** How many webhooks there are; undefined while that is not known. */
  webhooks: number | undefined;
  /** A moment in the viewer's zone. */
  at: (instant: string) => string;
  now: number;
}

/** What became of the completion that was reported, by how its deliveries stand. */
export function verdictOfDeliveries(completed: StoryEvent, telling: Telling): Verdict {
  const { deliveries } = completed;
  const eventId = completed.id;
  const reported = `The completion was reported ${telling.at(completed.occurredAt)}.`;
  const of = (...statuses: DeliveryDocument['status'][]) =>
    deliveries.filter(({ status }) => statuses.includes(status));
  const pending = of('pending');
  const failing = pending.filter(({ lastAttempt }) => lastAttempt !== null);
  const arrived = of('delivered');
  const alsoArrived = arrived.length > 0 ? ` It arrived at ${namesOf(arrived, telling)}.` : '';
  const told = (verdict: Verdict): Verdict => ({
    eventId,
    ...verdict,
    text: `${reported} ${verdict.text}${verdict.kind === 'arrived' ? '' : alsoArrived}`,
  });
  if (deliveries.length === 0) return told(unwanted(telling));
  const dead = of('dead');
  if (dead.length > 0) return told(deadLetters(dead, telling));
  const slow = failing.filter((delivery) => !isMoving(delivery, telling.now));
  if (slow.length > 0) return told(notYet(slow, telling));
  const held = of('held');
  if (held.length > 0) return told(heldBack(held, telling));
  if (pending.length > 0) return told(onItsWay(pending, telling));
  return told(arrived.length > 0 ? hasArrived(arrived, telling) : discarded(deliveries, telling));
}

function unwanted({ webhooks }: Telling): Verdict {
  const none = webhooks === 0;
  return {
    kind: 'unwanted',
    title: none
      ? 'There is no webhook to send the completion to'
      : 'No webhook wanted the completion',
    text: none
      ? 'You have no webhook, so it was kept and not sent.'
      : 'None was set to take it when it came, so it was not sent.',
    next: none
      ? 'Set a webhook up, then deliver the event to it.'
      : 'See why for each webhook, and deliver it now where it belongs.',
    turn: 'customer',
  };
}

function deadLetters(dead: readonly DeliveryDocument[], telling: Telling): Verdict {
  const [worst] = dead;
  return {
    kind: 'dead',
    title: `The completion did not reach ${namesOf(dead, telling)}`,
    text: `${answered(worst!, telling)} It is a dead letter: nothing more is sent by itself.`,
    next: isOursOrNone(worst!)
      ? 'Retry it.'
      : 'Have its operator mend that, then retry: the same event id and body are sent.',
    turn: isOursOrNone(worst!) ? 'customer' : 'receiver',
    deliveryId: worst!.id,
    retryable: dead.map(({ id }) => id),
  };
}

function notYet(failing: readonly DeliveryDocument[], telling: Telling): Verdict {
  const [soonest] = failing.toSorted((one, other) =>
    (one.nextAttemptAt ?? '').localeCompare(other.nextAttemptAt ?? ''),
  );
  const due = soonest!.nextAttemptAt;
  const when = due === null ? 'later' : telling.at(due);
  return {
    kind: 'failing',
    title: `The completion has not reached ${namesOf(failing, telling)} yet`,
    text: `${answered(soonest!, telling)} The next attempt is made ${when}.`,
    next: 'Have its operator look; nothing is lost. Retry to send it now instead of later.',
    turn: 'receiver',
    deliveryId: soonest!.id,
    retryable: failing.map(({ id }) => id),
  };
}

function heldBack(held: readonly DeliveryDocument[], telling: Telling): Verdict {
  const [first] = held;
  const several = new Set(held.map(({ webhookId }) => webhookId)).size > 1;
  return {
    kind: 'held',
    title: `The completion is held: ${namesOf(held, telling)} ${several ? 'are' : 'is'} paused`,
    text: 'Nothing is sent to a paused webhook.',
    next: `Resume ${several ? 'each webhook' : 'the webhook'}, and it goes out.`,
    turn: 'customer',
    deliveryId: first!.id,
    webhookId: first!.webhookId,
  };
}

function onItsWay(pending: readonly DeliveryDocument[], telling: Telling): Verdict {
  return {
    kind: 'on_its_way',
    title: `The completion is on its way to ${namesOf(pending, telling)}`,
    text: 'It is due now.',
    next: 'Wait some seconds: this page looks again by itself.',
    turn: 'schoolbell',
    deliveryId: pending[0]!.id,
  };
}

function hasArrived(arrived: readonly DeliveryDocument[], telling: Telling): Verdict {
  const [first] = arrived;
  const at = first!.lastAttempt ? ` ${telling.at(first!.lastAttempt.at)}` : '';
  const status = first!.lastAttempt?.responseStatus;
  const answer = status == null ? 'took it' : `answered ${status}`;
  return {
    kind: 'arrived',
    title: `The completion arrived at ${namesOf(arrived, telling)}`,
    text: `${telling.nameOf(first!.webhookId)} ${answer}${at}.`,
    next: 'If it is missing there, give its operator the delivery with request and answer.',
    turn: 'receiver',
    deliveryId: first!.id,
  };
}

const WHY_DISCARDED = {
  filtered: 'its filter turned it away',
  not_carried: 'its format has no place for it',
  erased: 'its learner was forgotten',
};

function discarded(deliveries: readonly DeliveryDocument[], telling: Telling): Verdict {
  const [first] = deliveries;
  const why = first!.discardReason && WHY_DISCARDED[first!.discardReason];
  return {
    kind: 'discarded',
    title: `The completion was not sent to ${namesOf(deliveries, telling)}`,
    text: `It was discarded: ${why ?? 'by hand, or when the webhook was resumed or deleted'}.`,
    next: 'See why for each webhook, and deliver it now where it belongs.',
    turn: 'customer',
    deliveryId: first!.id,
  };
}

/** Only the last answer is known here: those before it may have been others. */
function answered(
  { lastAttempt, attemptCount, webhookId }: DeliveryDocument,
  telling: Telling,
): string {
  const name = telling.nameOf(webhookId);
  if (!lastAttempt) return `Nothing was sent to ${name}.`;
  const which =
    attemptCount === 1 ? 'the only attempt' : `the last of ${counted(attemptCount, 'attempt')}`;
  return `${name} ${lastAnswer(lastAttempt)} at ${which}, ${telling.at(lastAttempt.at)}.`;
}

const isOursOrNone = ({ lastAttempt }: DeliveryDocument): boolean =>
  lastAttempt === null || isOurs(lastAttempt);

/** "HR", "HR and Certificates", "HR and 3 more webhooks" */
function namesOf(deliveries: readonly DeliveryDocument[], { nameOf }: Telling): string {
  const [first, second, ...others] = [...new Set(deliveries.map(({ webhookId }) => webhookId))];
  if (second === undefined) return nameOf(first!);
  if (others.length === 0) return `${nameOf(first!)} and ${nameOf(second)}`;
  return `${nameOf(first!)} and ${counted(others.length + 1, 'more webhook')}`;
}
