import { describe, expect, it } from 'vitest';
import { healthOf, type RecentDeliveries } from './webhook-health.js';

const active = (consecutiveFailures = 0) => ({ status: 'active' as const, consecutiveFailures });
const recent = (changes: Partial<RecentDeliveries> = {}): RecentDeliveries => ({
  attempted: 20,
  failed: 0,
  waiting: 0,
  ...changes,
});

describe('the health of a webhook', () => {
  it('is paused while it is, whatever happened before', () => {
    const paused = { status: 'paused' as const, consecutiveFailures: 5 };
    expect(healthOf(paused, recent({ failed: 20 }))).toBe('paused');
  });

  it('is idle when nothing was sent for a day and nothing waits', () => {
    expect(healthOf(active(), recent({ attempted: 0 }))).toBe('idle');
    expect(healthOf(active(3), recent({ attempted: 0 }))).toBe('idle');
  });

  it('is ok when what it gets arrives, or is about to be sent for the first time', () => {
    expect(healthOf(active(), recent())).toBe('ok');
    expect(healthOf(active(), recent({ attempted: 0, waiting: 7 }))).toBe('ok');
  });

  it('is failing after its first attempt if that failed, and ok again once it arrives', () => {
    expect(healthOf(active(1), recent({ attempted: 1, failed: 1, waiting: 1 }))).toBe('failing');
    expect(healthOf(active(), recent({ attempted: 1 }))).toBe('ok');
  });

  it('is failing while all of a new backlog waits behind failures', () => {
    expect(healthOf(active(2), recent({ attempted: 0, waiting: 20 }))).toBe('failing');
  });

  it('bears that one of many fails now and then', () => {
    expect(healthOf(active(1), recent({ failed: 2 }))).toBe('ok');
    expect(healthOf(active(1), recent({ failed: 3 }))).toBe('failing');
  });

  it('is failing when half does not arrive, also right after a success', () => {
    expect(healthOf(active(), recent({ failed: 10 }))).toBe('failing');
    expect(healthOf(active(), recent({ failed: 9 }))).toBe('ok');
    expect(healthOf(active(), recent({ attempted: 2, failed: 1 }))).toBe('ok');
  });
});
