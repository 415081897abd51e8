import type { ClaimedDelivery, UnreadableWebhook, WebhookForSending } from '@schoolbell/delivery';

/** A delivery's webhook: its settings, or why they cannot be read. */
export type KnownWebhook =
  | { kind: 'readable'; webhook: WebhookForSending }
  | { kind: 'unreadable'; webhook: UnreadableWebhook };

/**
 * Whether a claim can be sent by these settings. A batch was formed by the settings that its claim saw. By newer ones
 * it may be too large, have too many types, or not be a batch at all, in which case only its first event would be sent.
 */
export function suits(known: KnownWebhook, { members, webhookVersion }: ClaimedDelivery): boolean {
  return !members || known.kind === 'unreadable' || known.webhook.version === webhookVersion;
}
