import { setTimeout as sleep } from 'node:timers/promises';
import type { FanOutStep } from '@schoolbell/delivery';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Doorbell } from '../routines/doorbell.js';
import { Outage } from '../outages/outage.js';
import { silentLogger } from '../testing/silent-logger.js';
import { FanOutRunner } from './fan-out-runner.js';
import { Routine } from '../routines/routine.js';

const LONG_MS = 600_000;
const STEP_MS = 20;
const NEVER = new AbortController().signal;

/** Steps to be done, each of which takes a while. */
class Steps {
  readonly left: FanOutStep[] = [];
  looks = 0;
  broken = false;

  async next(): Promise<FanOutStep | undefined> {
    this.looks++;
    if (this.broken) throw new Error('Postgres is away');
    const step = this.left.shift();
    if (step) await sleep(STEP_MS);
    return step;
  }
}

function build() {
  const steps = new Steps();
  const woken: string[] = [];
  const wakes = {
    wake: (ids: readonly string[]) => void woken.push(...ids),
    wakeLater: () => undefined,
  };
  const doorbell = new Doorbell();
  const runner = new FanOutRunner(steps, wakes, doorbell, new Outage('fanning_out', silentLogger), {
    intervalMs: LONG_MS,
  });
  return { steps, woken, doorbell, runner };
}

describe('fanning operational events out', () => {
  it('wakes the webhooks that got a delivery, and rests for as long as it worked', async () => {
    const { steps, woken, runner } = build();
    steps.left.push({ webhookIds: ['a', 'b'] });
    const rest = await runner.round(NEVER);
    expect(woken).toEqual(['a', 'b']);
    expect(rest).toBeGreaterThanOrEqual(STEP_MS - 1);
  });

  it('begins at once when operational events are stored, and not before all that waits is done', async () => {
    const { steps, woken, doorbell, runner } = build();
    const routine = new Routine(runner);
    onTestFinished(() => routine.stop());
    routine.start();
    while (steps.looks < 1) await sleep(1);
    steps.left.push({ webhookIds: ['a'] }, { webhookIds: ['b'] });
    await sleep(5);
    expect(woken).toEqual([]);
    doorbell.ring();
    while (woken.length < 2) await sleep(1);
    while (steps.looks < 4) await sleep(1);
  });

  it('tries again soon when Postgres was away', async () => {
    const { steps, runner } = build();
    steps.broken = true;
    expect(await runner.round(NEVER)).toBeLessThanOrEqual(100);
  });
});
