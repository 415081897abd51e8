import { expect, it } from 'vitest';
import { byHealth, healthWords } from './health-words.ts';

const FINE = { webhooks: 2, webhooksFailing: 0, webhooksPaused: 0, deadLetters: 0 };

it('the list of tenants says what is wrong with a tenant, the worst first', () => {
  const ill = { ...FINE, webhooksFailing: 1, webhooksPaused: 2, deadLetters: 1_000 };
  expect(healthWords(ill).map(({ words }) => words)).toEqual([
    '1 failing',
    '2 paused',
    '1,000 or more dead letters',
  ]);
  expect(healthWords({ ...FINE, deadLetters: 1 })).toEqual([
    { tone: 'bad', words: '1 dead letter' },
  ]);
});

it('the list of tenants says that all is right, or that there is nothing yet', () => {
  expect(healthWords(FINE)).toEqual([{ tone: 'good', words: 'All right' }]);
  expect(healthWords({ ...FINE, webhooks: 0 })).toEqual([
    { tone: 'calm', words: 'No webhooks yet' },
  ]);
});

it('the list of tenants brings tenants with failing webhooks to the top', () => {
  const failing = { ...FINE, webhooksFailing: 1 };
  const dead = { ...FINE, deadLetters: 900 };
  expect([FINE, dead, failing].toSorted(byHealth)).toEqual([failing, dead, FINE]);
});
