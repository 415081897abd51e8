import { expect, it } from 'vitest';
import { readable } from './as-text.ts';

it('a body of JSON is set out to be read, and a form is left as it is', () => {
  expect(readable('{"a":1}')).toBe('{\n  "a": 1\n}');
  expect(readable('data=%7B%7D&userName=x')).toBe('data=%7B%7D&userName=x');
});
