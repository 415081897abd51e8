import { expect, it } from 'vitest';
import { bodyOf } from './body-of-values.ts';
import { conflictsOf } from './conflicts.ts';
import { NEW_WEBHOOK } from './webhook-values.ts';

const opened = bodyOf(NEW_WEBHOOK);
const now = { ...opened, timeoutSeconds: 20, description: 'Theirs' };

it('what somebody else changed meanwhile is told before it is overwritten', () => {
  expect(conflictsOf(opened, now, { timeoutSeconds: 30, rateLimit: 5 })).toEqual([
    'timeoutSeconds',
  ]);
});

it('changes of other settings, and the same change, are no conflict', () => {
  expect(conflictsOf(opened, now, { rateLimit: 5, description: 'Theirs' })).toEqual([]);
});
