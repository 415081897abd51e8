import type { FilterError } from '@schoolbell/delivery';
import type { Evaluation } from '@schoolbell/expressions';
import { describe, expect, it } from 'vitest';
import { aClaim } from '../testing/a-claim.js';
import { aWebhook } from '../testing/a-webhook.js';
import { silentLogger } from '../testing/silent-logger.js';
import { EventFilter, FilterUnavailableError } from './event-filter.js';

const MINUTE_MS = 60_000;

function filterThat(answers: Evaluation<boolean>) {
  const shown: FilterError[] = [];
  const clock = { now: Date.now() };
  const filter = new EventFilter({
    pool: { filter: async () => answers },
    expressions: {
      filterFailed: async (_id, _version, error) => void shown.push(error),
      firstBody: async () => undefined,
    },
    logger: silentLogger,
    now: () => clock.now,
  });
  const { event } = aClaim();
  const accepted = { ...event, acceptedAt: new Date(clock.now) };
  return { shown, clock, asks: () => filter.wants('data', aWebhook({ filter: 'data' }), accepted) };
}

const unavailable = { ok: false, error: { code: 'unavailable', message: 'busy' } } as const;

describe('a filter', () => {
  it('that fails wants the event, and shows why, once a minute', async () => {
    const error = { code: 'evaluation', message: 'no number' } as const;
    const { asks, shown, clock } = filterThat({ ok: false, error });
    expect([await asks(), await asks()]).toEqual([true, true]);
    expect(shown).toMatchObject([error]);
    clock.now += MINUTE_MS;
    await asks();
    expect(shown).toHaveLength(2);
  });

  it('that nobody can ask in time is asked again, and is not said to have failed', async () => {
    const { asks, shown } = filterThat(unavailable);
    await expect(asks()).rejects.toThrow(FilterUnavailableError);
    expect(shown).toEqual([]);
  });

  it('that nobody could ask for a quarter of an hour holds its events up no longer', async () => {
    const { asks, clock } = filterThat(unavailable);
    clock.now += 15 * MINUTE_MS;
    expect(await asks()).toBe(true);
  });
});
