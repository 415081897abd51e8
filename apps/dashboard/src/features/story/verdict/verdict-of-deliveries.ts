import type { DeliveryDocument } from '@schoolbell/api-client';
import { isMoving } from '../../events/is-moving.ts';
import type { StoryEvent } from '../sessions.ts';
import { answered, namesOf, stepAfter, tookIt, turnOf, whoMends } from './delivery-words.ts';
import type { Telling } from './telling.ts';
import type { Verdict } from './verdict.ts';

/** What became of a reported completion, by the states of its deliveries. */
export function verdictOfDeliveries(
  completed: StoryEvent,
  telling: Telling,
  /** Whether a failed delivery counts as failed even while its next attempt is near. */
  { isRetried = false } = {},
): Verdict {
  const { deliveries } = completed;
  const of = (...statuses: DeliveryDocument['status'][]) =>
    deliveries.filter(({ status }) => statuses.includes(status));
  const pending = of('pending');
  const failing = pending.filter(({ lastAttempt }) => lastAttempt !== null);
  const arrived = of('delivered');
  const told = (verdict: Verdict) => ofCompletion(verdict, completed, arrived, telling);
  if (deliveries.length === 0) return told(unwanted(telling));
  const dead = of('dead');
  if (dead.length > 0) return told(deadLetters(dead, telling));
  const slow = failing.filter((delivery) => isRetried || !isMoving(delivery, telling.now));
  if (slow.length > 0) return told(notYet(slow, telling));
  const held = of('held');
  if (held.length > 0) return told(heldBack(held, telling));
  if (pending.length > 0) return told(onItsWay(pending, telling));
  return told(arrived.length > 0 ? hasArrived(arrived, telling) : discarded(deliveries, telling));
}

/** During a retry: with the facts from before, so that the box keeps its shape. */
export function verdictOfSending(
  completed: StoryEvent,
  retried: readonly DeliveryDocument[],
  telling: Telling,
): Verdict {
  const arrived = completed.deliveries.filter(
    (delivery) => delivery.status === 'delivered' && !retried.includes(delivery),
  );
  const [first] = retried;
  const verdict: Verdict = {
    kind: 'on_its_way',
    title: `The completion is being sent again to ${namesOf(retried, telling)}`,
    text: `Before, ${answered(first!, telling)}`,
    next: 'Wait a few seconds: the outcome appears here.',
    turn: 'schoolbell',
    deliveryId: first!.id,
    retryable: retried.map(({ id }) => id),
  };
  return ofCompletion(verdict, completed, arrived, telling);
}

/** Adds when it was reported, and where else it arrived. */
function ofCompletion(
  verdict: Verdict,
  { id, occurredAt }: StoryEvent,
  arrived: readonly DeliveryDocument[],
  telling: Telling,
): Verdict {
  const also = arrived.length > 0 && verdict.kind !== 'arrived';
  return {
    eventId: id,
    ...verdict,
    text: `The completion was reported ${telling.at(occurredAt)}. ${verdict.text}${also ? ` It arrived at ${namesOf(arrived, telling)}.` : ''}`,
  };
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
      : 'No webhook was set to take it when it came, so it was not sent.',
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
    next: stepAfter(worst!, telling),
    turn: turnOf(worst!, telling),
    deliveryId: worst!.id,
    retryable: dead.map(({ id }) => id),
  };
}

function notYet(failing: readonly DeliveryDocument[], telling: Telling): Verdict {
  const [soonest] = failing.toSorted((one, other) =>
    (one.nextAttemptAt ?? '').localeCompare(other.nextAttemptAt ?? ''),
  );
  const due = soonest!.nextAttemptAt;
  const isDue = due !== null && Date.parse(due) <= telling.now;
  const when = due === null ? 'later' : isDue ? 'now' : telling.at(due);
  return {
    kind: 'failing',
    title: `The completion has not reached ${namesOf(failing, telling)} yet`,
    text: `${answered(soonest!, telling)} The next attempt is made ${when}.`,
    next: `${whoMends(soonest!, telling)}, or retry it now.`,
    turn: turnOf(soonest!, telling),
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
    next: 'Wait a few seconds: this page looks again by itself.',
    turn: 'schoolbell',
    deliveryId: pending[0]!.id,
  };
}

function hasArrived(arrived: readonly DeliveryDocument[], telling: Telling): Verdict {
  const [first] = arrived;
  return {
    kind: 'arrived',
    title: `The completion arrived at ${namesOf(arrived, telling)}`,
    text: tookIt(first!, telling),
    next: 'Nothing is left to do for this completion.',
    aside:
      'If it is missing there anyway, give the people who run the receiver the delivery with request and answer.',
    turn: 'nobody',
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
