import type { DeliveryHistoryDocument, WebhookDocument } from '@schoolbell/api-client';

/** What is known of the webhook; `null` when it was deleted, undefined while it is not known. */
export type KnownWebhook =
  | Pick<
      WebhookDocument,
      'authentication' | 'ordering' | 'rateLimit' | 'delivery' | 'pause' | 'autoPauseAfter'
    >
  | null
  | undefined;

export interface VerdictInput {
  delivery: DeliveryHistoryDocument;
  webhook?: KnownWebhook;
  /** Unix milliseconds. */
  now: number;
}

/**
 * Who has to do something before this can go on: whoever runs the receiver, we, whoever reports the events, or nobody.
 */
type Turn = 'customer' | 'schoolbell' | 'runtime' | 'nobody';

/** What to do about a failure. */
export interface Advice {
  /** What the failure means, as a sentence; nothing where the cause says it all. */
  meaning?: string;
  /** What whoever's turn it is does: an imperative without a capital and a full stop, such as "renew the certificate". */
  step?: string;
  turn: Turn;
}

export interface Verdict extends Advice {
  tone: 'good' | 'bad' | 'wait' | 'calm';
  /** The answer in three or four words. */
  title: string;
  /** What happened, as sentences that say no more than is known. */
  cause: string;
}
