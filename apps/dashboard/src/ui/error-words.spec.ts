import { expect, it } from 'vitest';
import { ERROR_CODES, errorCodeLabel, errorWords } from './error-words.ts';

it('the dashboard says of an answer whose turn it is', () => {
  expect(errorWords('http_status', 401)).toMatchObject({ whose: 'setting' });
  expect(errorWords('http_status', 503)).toMatchObject({
    label: 'The receiver was not available',
    whose: 'receiver',
  });
  expect(errorWords('http_status', 500).label).toBe('The receiver had an error of its own');
  expect(errorWords('http_status', 422).label).toBe('The receiver refused the request');
  expect(errorWords('interrupted')).toMatchObject({ whose: 'platform' });
});

it('the dashboard has words for a code that it does not know, and for none', () => {
  expect(errorWords('from_a_later_release').label).toBe('It was given up');
  expect(errorWords(null).label).toBe('It was given up');
});

it('the dashboard has a short label for each code, no two alike', () => {
  const labels = ERROR_CODES.map(errorCodeLabel);
  expect(new Set(labels).size).toBe(labels.length);
  expect(labels.filter((label) => label.length > 40)).toEqual([]);
});
