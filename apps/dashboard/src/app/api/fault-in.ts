import type { ApiProblem } from './api-problem.ts';

/** What the API said of one field, as a sentence below it: its messages go on after the name of the field. */
export function faultIn(problem: ApiProblem | undefined, path: string): string | undefined {
  const message = problem?.errors.find((error) => error.path === path)?.message;
  return message !== undefined && /^\p{Ll}/u.test(message) ? `It ${message}.` : message;
}
