import type { ApiProblem } from './api-problem.ts';

/**
 * What the API said about one field, as a sentence to show below it: the API's message continues after the field's
 * name.
 */
export function faultIn(problem: ApiProblem | undefined, path: string): string | undefined {
  const message = problem?.errors.find((error) => error.path === path)?.message;
  return message !== undefined && /^\p{Ll}/u.test(message) ? `It ${message}.` : message;
}
