import type { WebhookStatus } from '@schoolbell/delivery';
import { wantsHandshake } from '@schoolbell/formats';
import type { NewStatus, WebhookRecord } from '@schoolbell/persistence';

type Settings = Pick<WebhookRecord, 'url' | 'format' | 'formatSettings'>;

/** What a webhook becomes that is to be active: where it wants a handshake, its receiver is asked first. */
export function activeOrAsking(webhook: Omit<Settings, 'url'>): 'active' | 'awaiting_consent' {
  return wantsHandshake(webhook) ? 'awaiting_consent' : 'active';
}

/**
 * What a change makes of a webhook's status; undefined when it stays. A receiver is asked when the webhook is
 * resumed, and when one that is active, or waits for consent, gets another URL or wants a handshake from now on. One
 * that waits and wants none any more is active.
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
