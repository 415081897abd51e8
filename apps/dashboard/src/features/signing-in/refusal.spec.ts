import { expect, it } from 'vitest';
import { ApiProblem } from '../../app/api/api-problem.ts';
import { refusalWords } from './refusal.ts';

const problem = (code: string, retryAfter?: number) =>
  new ApiProblem(400, code, 'Use a recovery code.', [], undefined, retryAfter);

it('the sign-in page says the same of an unknown address and of a wrong password', () => {
  expect(refusalWords(problem('invalid_credentials'))).toMatch(/address or the password is wrong/);
});

it('the sign-in page says of a wrong code that it is the code', () => {
  expect(refusalWords(problem('invalid_credentials'), 'app')).toMatch(/the next code of your app/);
  expect(refusalWords(problem('invalid_credentials'), 'recovery')).toMatch(/take another one/);
});

it.each([
  [1, 'in a second'],
  [42, 'in 42 seconds'],
  [120, 'in 2 minutes'],
  [undefined, 'in a minute'],
])('the sign-in page says when to try again after too many attempts (%s s)', (seconds, words) => {
  expect(refusalWords(problem('rate_limited', seconds))).toBe(
    `There were too many attempts. Try again ${words}.`,
  );
});

it('the sign-in page says what is left after too many wrong codes in a day', () => {
  expect(refusalWords(problem('rate_limited', 80_000), 'app')).toBe(
    'Use a recovery code. Codes of the app work again in 23 hours.',
  );
});

it('the sign-in page says that nothing answers', () => {
  expect(refusalWords(new ApiProblem(0, 'unreachable', ''))).toMatch(/cannot be reached/);
});
