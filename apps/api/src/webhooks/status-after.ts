import type { WebhookStatus } from '@schoolbell/delivery';
import { wantsHandshake } from '@schoolbell/formats';
import type { NewStatus, WebhookRecord } from '@schoolbell/persistence';

type Settings = Pick<WebhookRecord, 'url' | 'format' | 'formatSettings'>;

/** The status of a webhook that should become active: if it wants a handshake, its receiver is asked first. */
export function activeOrAsking(webhook: Omit<Settings, 'url'>): 'active' | 'awaiting_consent' {
  return wantsHandshake(webhook) ? 'awaiting_consent' : 'active';
}

/**
 * The status of a webhook after a change; undefined when it stays. A receiver is asked when the webhook is resumed, and
 * when one that is active, or waits for consent, gets another URL or now wants a handshake. One that waits and no
 * longer wants a handshake is active.
 *
 * @param asked the status that the change names
 */
export function statusAfter(
  old: Settings & Pick<WebhookRecord, 'status' | 'pauseReason'>,
  settings: Settings,
  asked: WebhookStatus | undefined,
): NewStatus | undefined {
  const wasWanted = old.status === 'active' || old.pauseReason === 'handshake';
  const isWanted = asked === undefined ? wasWanted : asked === 'active';
  if (!isWanted) return wasWanted ? 'paused' : undefined;
  const isResumed = old.status === 'paused' && asked === 'active';
  const changesConsent =
    wantsHandshake(old) !== wantsHandshake(settings) ||
    (wantsHandshake(settings) && settings.url !== old.url);
  return isResumed || changesConsent ? activeOrAsking(settings) : undefined;
}
