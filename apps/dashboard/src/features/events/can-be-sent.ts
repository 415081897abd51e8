import type { WebhookExplanationDocument } from '@schoolbell/api-client';

type Standing = WebhookExplanationDocument;

/** What may be done by hand about how an event stands at a webhook. */
type Sending =
  /** It has no delivery, or one that was discarded: a new one can be made. */
  | 'deliver'
  /** Its delivery can be sent again. */
  | 'retry'
  /** First the webhook has to be resumed. */
  | 'resume'
  | 'nothing';

/** Reasons that no sending by hand gets past. */
const FOR_GOOD = new Set(['deleted', 'test_event', 'erased', 'not_carried']);

export function sendingOf({ status, reasons, webhookStatus, delivery }: Standing): Sending {
  if (webhookStatus === 'deleted' || delivery?.test || delivery?.erased) return 'nothing';
  if (status === 'fanning_out') return 'nothing';
  if (status === 'unwanted' || status === 'discarded') {
    if (reasons.some(({ code }) => FOR_GOOD.has(code))) return 'nothing';
    // A filter that turned the event away when it came may have been changed since.
    if (status === 'unwanted' && reasons.some(({ code }) => code === 'filtered')) return 'nothing';
    return webhookStatus === 'paused' ? 'resume' : 'deliver';
  }
  return webhookStatus === 'paused' ? 'resume' : 'retry';
}
