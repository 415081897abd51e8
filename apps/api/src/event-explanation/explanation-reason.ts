import { ALL_EVENTS, type FanOutReason } from '@schoolbell/delivery';
import { type EvaluationError, whereFailed } from '@schoolbell/expressions';
import type { ExplainedEvent, ExplainedWebhook } from '@schoolbell/persistence';

/** Why an event is in its state at a webhook; a test holds `docs/api.md` against these codes. */
export const EXPLANATION_CODES = [
  'type_not_listed',
  'out_of_scope',
  'not_carried',
  'filtered',
  'filter_failed',
  'created_later',
  'test_event',
  'changed_since',
  'paused',
  'deleted',
  'discarded',
  'erased',
] as const;
export type ExplanationCode = (typeof EXPLANATION_CODES)[number];

export interface Reason {
  code: ExplanationCode;
  message: string;
}

/** How many ids or types a sentence names. */
const MOST_NAMED = 10;

/** A reason that keeps an event from being fanned out to the webhook. */
export function fanOutReason(
  code: FanOutReason,
  event: ExplainedEvent,
  webhook: ExplainedWebhook,
): Reason {
  switch (code) {
    case 'deleted':
      return deletedReason(webhook);
    case 'type_not_listed':
      return {
        code,
        message: `The webhook does not list ${event.type}; it lists ${named(webhook.eventTypes)}.`,
      };
    case 'out_of_scope':
      return { code, message: outOfScope(event, webhook) };
  }
}

export function createdLater({ createdAt }: ExplainedWebhook): Reason {
  const message = `The webhook was created after the event, at ${createdAt.toISOString()}. Send the event to it now if it should have it.`;
  return { code: 'created_later', message };
}

export function notCarried({ type }: ExplainedEvent, { format }: ExplainedWebhook): Reason {
  const message = `Its format, ${format}, has no place for this event (${type}).`;
  return { code: 'not_carried', message };
}

/** @param quotes whether the message may quote values of the event */
export function filterFailed(error: EvaluationError, quotes: boolean): Reason {
  const why = quotes ? `: ${error.message}` : '.';
  return {
    code: 'filter_failed',
    message: `Its filter fails on this event (${whereFailed(error)})${why} Events on which a filter fails are sent.`,
  };
}

export function pausedReason({ pauseReason, pausedAt }: ExplainedWebhook): Reason {
  const since = pausedAt ? ` since ${pausedAt.toISOString()}` : '';
  const message = `The webhook is paused (${pauseReason ?? 'manual'})${since}: the delivery is sent when the webhook is resumed.`;
  return { code: 'paused', message };
}

export function deletedReason({ deletedAt }: ExplainedWebhook): Reason {
  return { code: 'deleted', message: `The webhook was deleted at ${deletedAt!.toISOString()}.` };
}

export const ERASED: Reason = {
  code: 'erased',
  message: 'The learner of the event wished to be forgotten: nothing is left to send.',
};

export const FILTERED: Reason = {
  code: 'filtered',
  message: 'Its filter turns this event away.',
};

export const FILTERED_THEN: Reason = {
  code: 'filtered',
  message:
    'Its filter turned this event away when the event was about to be sent. With today’s settings it would not.',
};

export const TEST_EVENT: Reason = {
  code: 'test_event',
  message: 'The event belongs to a test of one webhook, and is sent to no other webhook.',
};

export const CHANGED_SINCE: Reason = {
  code: 'changed_since',
  message:
    'With its settings of today the webhook would want the event; its settings were different when the event came. Send the event to it now if it should have it.',
};

export const DISCARDED: Reason = {
  code: 'discarded',
  message: 'The delivery was discarded by hand, or when the webhook was resumed.',
};

function outOfScope(
  { packageId, dispatchId }: ExplainedEvent,
  { packageIds, dispatchIds }: ExplainedWebhook,
): string {
  const scopes = [
    ...(packageIds.length > 0 ? [`packages ${named(packageIds)}`] : []),
    ...(dispatchIds.length > 0 ? [`dispatches ${named(dispatchIds)}`] : []),
  ].join(' and ');
  const about = [
    packageId === null ? 'no package' : `package ${packageId}`,
    dispatchId === null ? 'no dispatch' : `dispatch ${dispatchId}`,
  ].join(' and ');
  return `The scopes of the webhook are ${scopes}, but the event belongs to ${about}.`;
}

function named(names: readonly string[]): string {
  const shown = names.map((name) => (name === ALL_EVENTS ? 'all' : name)).slice(0, MOST_NAMED);
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
  return shown.join(', ') + more;
}
