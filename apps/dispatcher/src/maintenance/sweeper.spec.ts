import { createLogger } from '@schoolbell/logging';
import { describe, expect, it } from 'vitest';
import { Outage } from '../outages/outage.js';
import { Sweeper } from './sweeper.js';

describe('the sweep', () => {
  it.each([
    ['comes again after its interval', 20, 2000],
    ['rests longer the longer it took, so that others have Postgres to themselves', 900, 9000],
    ['rests half a minute at most', 20_000, 30_000],
  ])('%s', async (_what, tookMs, restMs) => {
    let clock = 0;
    const store = {
      webhooksWithDueDeliveries: async () => {
        clock += tookMs;
        return [];
      },
    };
    const sweeper = new Sweeper(
      store,
      { onWake: async () => undefined },
      new Outage('sweeping', createLogger({ level: 'silent', name: 'test' })),
      { intervalMs: 2000, wakesArrive: async () => true, hasRoom: () => true, now: () => clock },
    );
    expect(await sweeper.round(new AbortController().signal)).toBe(restMs);
  });
});
