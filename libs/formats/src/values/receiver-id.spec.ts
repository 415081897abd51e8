import { describe, expect, it } from 'vitest';
import { receiverId } from './receiver-id.js';

describe('an id for a receiver that refuses strings for numeric ids', () => {
  it.each([
    ['0', 0],
    ['10291', 10291],
    ['9007199254740991', 9007199254740991],
  ])('is a number where it reads as one: %s', (id, number) => {
    expect(receiverId(id)).toBe(number);
  });

  it.each([
    '',
    '007',
    '-1',
    '+1',
    '1.0',
    '1e3',
    ' 1',
    '1\n',
    '9007199254740992',
    '١',
    'learner-42',
  ])('stays a text where a number would be another id: %j', (id) => {
    expect(receiverId(id)).toBe(id);
  });
});
