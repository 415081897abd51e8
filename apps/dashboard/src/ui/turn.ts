import { errorWords } from './error-words.ts';

/** Whose turn it is: who has to do something before a delivery can go on. */
export type Turn = 'runtime' | 'receiver' | 'customer' | 'schoolbell' | 'nobody';

const WORDS: Record<Turn, string> = {
  runtime: 'the runtime’s',
  receiver: 'the receiver’s',
  customer: 'yours',
  schoolbell: 'Schoolbell’s',
  nobody: 'nobody’s',
};

/** What stands behind "Whose turn:" on every page. @param isPlatform who looks after all customers reads it */
export const turnWords = (turn: Turn, isPlatform = false): string =>
  turn === 'customer' && isPlatform ? 'the customer’s' : WORDS[turn];

interface Failed {
  status: string;
  /** How the last attempt failed; null or undefined where none was made. */
  lastAttempt: { errorCode: string | null; responseStatus: number | null } | null | undefined;
}

/** Whose turn it is after the last attempt of a delivery failed. */
export function turnAfter({ status, lastAttempt }: Failed): Turn {
  // Nothing follows by itself, so that somebody has to retry it also where the fault was ours.
  const ours = status === 'dead' ? 'customer' : 'schoolbell';
  if (!lastAttempt) return ours;
  const { whose } = errorWords(lastAttempt.errorCode, lastAttempt.responseStatus);
  return { receiver: 'receiver', setting: 'customer', platform: ours }[whose] as Turn;
}
