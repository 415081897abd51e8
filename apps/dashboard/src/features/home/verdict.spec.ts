import { expect, it } from 'vitest';
import { type TenantState, verdictOf } from './verdict.ts';

const state = (of: Partial<TenantState> = {}): TenantState => ({
  needing: 0,
  webhooks: 3,
  deadLetters: 0,
  moreDeadLetters: false,
  waiting: 0,
  attempts: 120,
  ...of,
});

it('the home page says that everything is delivered, when it is', () => {
  expect(verdictOf(state())).toMatchObject({ tone: 'good', sentence: 'Everything is delivered' });
});

it('the home page says first how many webhooks need somebody', () => {
  expect(verdictOf(state({ needing: 2, deadLetters: 1_204, waiting: 5 }))).toEqual({
    tone: 'bad',
    sentence: '2 webhooks need you',
    next: 'The other one is fine. 1,204 dead letters.',
  });
  expect(verdictOf(state({ needing: 1, webhooks: 1 }))).toMatchObject({
    sentence: '1 webhook needs you',
    next: 'Nothing was given up.',
  });
});

it('the home page does not call given up what only waits, nor delivered what was given up', () => {
  expect(verdictOf(state({ waiting: 1 })).next).toMatch(/^1 delivery waits/);
  expect(verdictOf(state({ deadLetters: 1 })).sentence).toBe('1 dead letter to retry or discard');
});

it('the home page says "at least" when not all dead letters were counted', () => {
  expect(verdictOf(state({ deadLetters: 10_000, moreDeadLetters: true })).sentence).toBe(
    'At least 10,000 dead letters to retry or discard',
  );
});

it('the home page does not claim deliveries where nothing was attempted', () => {
  expect(verdictOf(state({ attempts: 0 })).sentence).toBe('Nothing was sent');
});
