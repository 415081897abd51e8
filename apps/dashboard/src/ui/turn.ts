import { errorWords } from './error-words.ts';

/** Whose turn it is: who has to act before a delivery can go on. */
export type Turn = 'runtime' | 'receiver' | 'customer' | 'schoolbell' | 'nobody';

const WORDS: Record<Turn, string> = {
  runtime: 'the runtime’s',
  receiver: 'the receiver’s',
  customer: 'yours',
  schoolbell: 'Schoolbell’s',
  nobody: 'nobody’s',
};

/** The words after "Whose turn:" on every page. @param isPlatform whether a platform user reads them */
export const turnWords = (turn: Turn, isPlatform = false): string =>
  turn === 'customer' && isPlatform ? 'the customer’s' : WORDS[turn];

interface Failed {
  status: string;
  /** How the last attempt failed; null or undefined where none was made. */
  lastAttempt: { errorCode: string | null; responseStatus: number | null } | null | undefined;
}

/** Whose turn it is after a delivery's last attempt failed. */
export function turnAfter({ status, lastAttempt }: Failed): Turn {
  // Nothing more happens by itself, so somebody has to retry it even where the fault was ours.
  const ours = status === 'dead' ? 'customer' : 'schoolbell';
  if (!lastAttempt) return ours;
  const { whose } = errorWords(lastAttempt.errorCode, lastAttempt.responseStatus);
  return { receiver: 'receiver', setting: 'customer', platform: ours }[whose] as Turn;
}
