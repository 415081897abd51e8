import { expect, it } from 'vitest';
import type { LaunchStep } from '@schoolbell/persistence';
import { Outage } from '../../outages/outage.js';
import { silentLogger } from '../../testing/silent-logger.js';
import { LaunchCounting } from './launch-counting.js';

const INTERVAL_MS = 1_000;
const NEVER = new AbortController().signal;
const TOLD = { tenantId: '019a8c2e-5d1b-7e0a-9c3f-4b6d8e2f1a70', period: '2026-11', percent: 80 };

function build(step: LaunchStep | Error) {
  let rung = 0;
  const next = async () => {
    if (step instanceof Error) throw step;
    return step;
  };
  const doorbell = { ring: () => void rung++ };
  const outage = new Outage('counting_launches', silentLogger);
  const options = { intervalMs: INTERVAL_MS };
  const counting = new LaunchCounting({ next }, doorbell, outage, silentLogger, options);
  return { counting, rings: () => rung };
}

it('launches are counted again after the interval when all is counted, and soon when there is more', async () => {
  const done = build({ reached: [], more: false });
  expect(await done.counting.round(NEVER)).toBe(INTERVAL_MS);
  expect(done.rings()).toBe(0);
  const more = build({ reached: [], more: true });
  expect(await more.counting.round(NEVER)).toBeLessThan(INTERVAL_MS / 2);
});

it('a threshold that was reached is fanned out at once', async () => {
  const { counting, rings } = build({ reached: [TOLD], more: false });
  await counting.round(NEVER);
  expect(rings()).toBe(1);
});

it('launches are counted again soon when Postgres was away', async () => {
  const { counting } = build(new Error('Postgres is away'));
  expect(await counting.round(NEVER)).toBeLessThanOrEqual(100);
});
