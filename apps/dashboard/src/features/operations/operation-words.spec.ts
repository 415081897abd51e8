import type { OperationDocument } from '@schoolbell/api-client';
import { expect, it } from 'vitest';
import { progressOf, titleOf } from './operation-words.ts';

const CREATED = '2026-11-28T12:00:00.000Z';
const operation = (of: Partial<OperationDocument> = {}): OperationDocument => ({
  id: 'op_1',
  kind: 'retry',
  status: 'running',
  total: 1_204,
  done: 400,
  failed: 0,
  createdAt: CREATED,
  finishedAt: null,
  ...of,
});
const now = Date.parse(CREATED) + 4_000;

it('the dashboard says what an operation does, how far it is, at which pace, and how long it takes yet', () => {
  expect(titleOf(operation())).toBe('Retry of 1,204 dead letters');
  expect(progressOf(operation(), now)).toBe(
    '400 of 1,204 sent on their way again, 100 a second, 8.0 s left.',
  );
});

it('the dashboard does not call delivered what was only sent on its way', () => {
  expect(progressOf(operation({ status: 'completed', done: 1_204 }), now)).toBe(
    'Done: 1,204 of 1,204 sent on their way again.',
  );
});

it('the dashboard says what could not be done, and why', () => {
  expect(progressOf(operation({ status: 'completed', done: 1_202, failed: 2 }), now)).toContain(
    '2 could not be retried: their webhook was deleted, or their event is gone.',
  );
});

it('the dashboard says of a cancelled one that what was done stays done', () => {
  expect(progressOf(operation({ kind: 'discard', status: 'cancelled' }), now)).toBe(
    'Cancelled: 400 of 1,204 discarded. What was done stays done.',
  );
});
