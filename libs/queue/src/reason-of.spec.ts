import { expect, it } from 'vitest';
import { reasonOf } from './reason-of.js';

it('is the first words of an error, or its code', () => {
  expect(reasonOf(new Error('Connection is closed.'))).toBe('Connection is closed.');
  expect(reasonOf(Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }))).toBe(
    'ECONNREFUSED',
  );
  expect(reasonOf('gone')).toBe('gone');
});

it.each([
  ["CROSSSLOT Keys in request don't hash to the same slot", 'set REDIS_CLUSTER=true'],
  ['MOVED 3999 127.0.0.1:6381', 'set REDIS_CLUSTER=true'],
  ['ERR This instance has cluster support disabled', 'unset REDIS_CLUSTER'],
  ['All sentinels are unreachable. Retrying from scratch after 10ms.', 'is REDIS_MASTER right?'],
])('says of %s what to do', (message, whatToDo) => {
  expect(reasonOf(new Error(message))).toContain(`${message} (`);
  expect(reasonOf(new Error(message))).toContain(whatToDo);
});

it('advises nothing about sentinels that do not answer', () => {
  const message =
    'All sentinels are unreachable. Retrying from scratch after 10ms. Last error: Connection is closed.';
  expect(reasonOf(new Error(message))).toBe(message);
});

it('names what the nodes of a cluster answered', () => {
  const lastNodeError = new Error('ERR This instance has cluster support disabled');
  const error = Object.assign(new Error('Failed to refresh slots cache.'), { lastNodeError });
  expect(reasonOf(error)).toMatch(/^Failed to refresh slots cache\. ERR .* \(.*REDIS_CLUSTER\.\)$/);
});
