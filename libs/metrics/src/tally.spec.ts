import { expect, it } from 'vitest';
import { Tally } from './tally.js';

it('counts each combination of words apart', () => {
  const attempts = new Tally(['outcome', 'status']);
  attempts.add(['delivered', '2xx']);
  attempts.add(['failed', '5xx'], 3);
  attempts.add(['delivered', '2xx'], 2);
  expect(attempts.readings()).toEqual([
    { labels: { outcome: 'delivered', status: '2xx' }, value: 3 },
    { labels: { outcome: 'failed', status: '5xx' }, value: 3 },
  ]);
});

it('a count without labels is 0 from the start, and so are combinations that are known', () => {
  expect(new Tally().readings()).toEqual([{ labels: {}, value: 0 }]);
  expect(new Tally(['reason'], [['gone']]).readings()).toEqual([
    { labels: { reason: 'gone' }, value: 0 },
  ]);
  expect(new Tally(['reason']).readings()).toEqual([]);
});
