import { expect, it } from 'vitest';
import { failureInWords, failureOf } from './answer-in-words.ts';

it.each([
  [401, /secret/],
  [404, /path/],
  [422, /format/],
  [429, /rate limit/],
  [503, /own side/],
  [302, /200 to 299/],
])('an answer of %i is told with what to do about it', (status, todo) => {
  const verdict = failureOf('http_status', status);
  expect(verdict.title).toMatch(new RegExp(`^The receiver answered ${status} [A-Z]`));
  expect(verdict.todo).toMatch(todo);
});

it('a test of a webhook says what to do when no answer came', () => {
  const error = { code: 'dns', message: '' } as const;
  expect(failureInWords({ response: null, error })).toMatchObject({
    title: 'The host name was not found',
    todo: expect.stringContaining('typing error'),
  });
});

it('a test of a webhook has nothing to say of what was delivered', () => {
  expect(failureInWords({ response: null, error: null })).toBeUndefined();
});
