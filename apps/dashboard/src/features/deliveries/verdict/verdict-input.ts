import type { DeliveryHistoryDocument, WebhookDocument } from '@schoolbell/api-client';

/** The webhook: `null` when it was deleted, undefined until it is known. */
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
 * Who has to act before this can go on: the receiver's people, Schoolbell's, those who report the events, or nobody.
 */
type Turn = 'customer' | 'schoolbell' | 'runtime' | 'nobody';

/** What to do about a failure. */
export interface Advice {
  /** What the failure means, as a sentence; left out where the cause says it all. */
  meaning?: string;
  /** What they have to do: an imperative without capital and full stop, such as "renew the certificate". */
  step?: string;
  turn: Turn;
}

export interface Verdict extends Advice {
  tone: 'good' | 'bad' | 'wait' | 'calm';
  /** The verdict in three or four words. */
  title: string;
  /** What happened, in sentences that claim no more than is known. */
  cause: string;
}
