import type { WebhookExplanationDocument } from '@schoolbell/api-client';

type Standing = WebhookExplanationDocument;

/** What a user can do about an event at a webhook. */
type Sending =
  /** There is no delivery, or a discarded one: a new one can be made. */
  | 'deliver'
  /** The delivery can be retried. */
  | 'retry'
  /** The webhook has to be resumed first. */
  | 'resume'
  | 'nothing';

/** Reasons that rule out sending by hand. */
const FOR_GOOD = new Set(['deleted', 'test_event', 'erased', 'not_carried']);

export function sendingOf({ status, reasons, webhookStatus, delivery }: Standing): Sending {
  if (webhookStatus === 'deleted' || delivery?.test || delivery?.erased) return 'nothing';
  if (status === 'fanning_out') return 'nothing';
  if (status === 'unwanted' || status === 'discarded') {
    if (reasons.some(({ code }) => FOR_GOOD.has(code))) return 'nothing';
    // A filter that refused the event when it came may have been changed since.
    if (status === 'unwanted' && reasons.some(({ code }) => code === 'filtered')) return 'nothing';
    return webhookStatus === 'paused' ? 'resume' : 'deliver';
  }
  return webhookStatus === 'paused' ? 'resume' : 'retry';
}
