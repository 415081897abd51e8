import type { Turn } from '../../../ui/turn.ts';

/** What became of a completion, in a sentence: cause, next step, whose turn it is. */
export interface Verdict {
  kind: VerdictKind;
  title: string;
  /** What is known, in whole sentences. */
  text: string;
  /** What to do next, in a sentence. */
  next: string;
  turn: Turn;
  /** The delivery that it is about most. */
  deliveryId?: string;
  /** Deliveries that a retry may help. */
  retryable?: readonly string[];
  /** The event that it is about. */
  eventId?: string;
  /** The paused webhook. */
  webhookId?: string;
  /** The refused post. */
  rejectionId?: string;
}

/** The gravest first: what a story with several sessions is told by. */
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
