import type { Turn } from '../../../ui/turn.ts';

/** What became of a completion: cause, next step, and whose turn it is. */
export interface Verdict {
  kind: VerdictKind;
  title: string;
  /** What is known, in whole sentences. */
  text: string;
  /** What to do next, in a sentence. */
  next: string;
  turn: Turn;
  /** What else to know, in a sentence. */
  aside?: string;
  /** The delivery that the verdict is mainly about. */
  deliveryId?: string;
  /** Deliveries for which a retry may help. */
  retryable?: readonly string[];
  /** The event that it is about. */
  eventId?: string;
  /** The paused webhook. */
  webhookId?: string;
  /** The refused post. */
  rejectionId?: string;
}

/** The gravest first: it decides which session a story's verdict is about. */
export const VERDICT_KINDS = [
  'dead',
  'refused',
  'failing',
  'held',
  'unwanted',
  'discarded',
  'unreported',
  'on_its_way',
  'arrived',
] as const;
export type VerdictKind = (typeof VERDICT_KINDS)[number];
