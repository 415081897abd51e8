import type { AttemptErrorCode } from './attempt.js';

/**
 * A delivery is dead after this many interrupted attempts in a row. Dispatchers die for many reasons, but seldom
 * five times with the same delivery.
 */
export const MOST_INTERRUPTIONS = 5;

/** Why a claimed delivery is dead without another attempt. */
export type UnsendableReason = Extract<AttemptErrorCode, 'unsendable' | 'interrupted'>;

/** What a dead letter, and the `delivery.dead` event, say of it. */
export const UNSENDABLE_MESSAGES: Record<UnsendableReason, string> = {
  unsendable: 'The event was pruned before the delivery could be sent.',
  interrupted: 'Too many attempts in a row were cut off on our side.',
};

/**
 * Why a claimed delivery can never be sent: its event was pruned while it waited, perhaps held; or each of its latest
 * attempts ended with the death of its dispatcher, or with an outcome that could not be written.
 *
 * @returns undefined when it can be sent
 */
export function unsendableReason(claimed: {
  eventPruned: boolean;
  /** How many attempts in a row were cut off, up to now. */
  interruptions: number;
}): UnsendableReason | undefined {
  if (claimed.eventPruned) return 'unsendable';
  return claimed.interruptions >= MOST_INTERRUPTIONS ? 'interrupted' : undefined;
}
