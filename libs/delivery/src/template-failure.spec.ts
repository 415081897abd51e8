import { expect, it } from 'vitest';
import { templateFailure, withoutQuotes } from './template-failure.js';

it('of a template that failed, whoever does not see bodies is told the kind and the place', () => {
  const message = templateFailure('evaluation, position 4', 'Argument "Ada (7)." is no number.');
  expect(message).toContain('Ada');
  expect(withoutQuotes(message)).toBe(
    "The webhook's template gave no body (evaluation, position 4).",
  );
  expect(withoutQuotes("The webhook's template gave no body. Of Ada.")).not.toContain('Ada');
  expect(withoutQuotes('No answer within 10 s.')).toBe('No answer within 10 s.');
});
