import { describe, expect, it } from 'vitest';
import type { ApiProblem } from './api-problem.ts';
import { faultIn } from './fault-in.ts';

describe('what the API says of a field', () => {
  const saying = (message: string) =>
    ({ errors: [{ path: 'password', message }] }) as unknown as ApiProblem;

  it('is a sentence', () => {
    expect(faultIn(saying('is too common'), 'password')).toBe('It is too common.');
    expect(faultIn(saying('Use port 443.'), 'password')).toBe('Use port 443.');
  });

  it('is nothing where it is about another field', () => {
    expect(faultIn(saying('is too common'), 'email')).toBeUndefined();
    expect(faultIn(undefined, 'email')).toBeUndefined();
  });
});
