import type { UnreadableWebhook, WebhookForSending } from '@schoolbell/delivery';

/** What is known of a delivery's webhook: its settings, or why these cannot be read. */
export type KnownWebhook =
  | { kind: 'readable'; webhook: WebhookForSending }
  | { kind: 'unreadable'; webhook: UnreadableWebhook };
