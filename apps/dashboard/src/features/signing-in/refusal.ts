import type { ApiProblem } from '../../app/api/api-problem.ts';

const WORDS: Record<string, string> = {
  invalid_credentials:
    'The e-mail address or the password is wrong. Capital letters count in passwords.',
  link_invalid: 'This link was used before, has expired, or was not copied completely.',
};
const WRONG_CODE = {
  app: 'This code is wrong or was used before. Each code works once: wait for the next code of your app.',
  recovery: 'This recovery code is wrong or was used before. Each works once: take another one.',
};

/**
 * Why somebody was not let in, and what to do. It never says whether a user has the address.
 *
 * @param code the kind of code that was sent too, which means that the password was right
 */
export function refusalWords(problem: ApiProblem, code?: keyof typeof WRONG_CODE): string {
  if (problem.code === 'invalid_credentials' && code) return WRONG_CODE[code];
  if (problem.code === 'rate_limited') return tooManyWords(problem, code !== undefined);
  if (problem.code === 'unreachable') {
    return 'Schoolbell cannot be reached. Check that you are online, and try again.';
  }
  return WORDS[problem.code] ?? problem.detail;
}

/** The API's own sentence where the limit lasts a day, for it advises to use a recovery code. */
function tooManyWords({ retryAfter, detail }: ApiProblem, withCode: boolean): string {
  const wait = retryAfter === undefined ? 'in a minute' : inWords(retryAfter);
  if (withCode && retryAfter !== undefined && retryAfter > 120) {
    return `${detail} Codes of the app work again ${wait}.`;
  }
  return `There were too many attempts. Try again ${wait}.`;
}

function inWords(seconds: number): string {
  if (seconds < 90) return seconds === 1 ? 'in a second' : `in ${seconds} seconds`;
  if (seconds < 5_400) return `in ${Math.ceil(seconds / 60)} minutes`;
  return `in ${Math.ceil(seconds / 3_600)} hours`;
}
