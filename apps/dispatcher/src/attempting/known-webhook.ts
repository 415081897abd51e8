import type { ClaimedDelivery, UnreadableWebhook, WebhookForSending } from '@schoolbell/delivery';

/** What is known of a delivery's webhook: its settings, or why these cannot be read. */
export type KnownWebhook =
  | { kind: 'readable'; webhook: WebhookForSending }
  | { kind: 'unreadable'; webhook: UnreadableWebhook };

/**
 * Whether what was claimed can be sent by these settings. A batch was formed by those that its claim saw: by newer
 * ones it may be too large, of too many types, or none at all, of which only the first event would go.
 */
export function suits(known: KnownWebhook, { members, webhookVersion }: ClaimedDelivery): boolean {
  return !members || known.kind === 'unreadable' || known.webhook.version === webhookVersion;
}
