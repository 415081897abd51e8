import { describe, expect, it } from 'vitest';
import { isReused, phasesOf } from './phases.ts';

const NONE = { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null, totalMs: null };

describe('the phases of an attempt', () => {
  it('add up to its whole time', () => {
    const timings = { dnsMs: 4, connectMs: 18, tlsMs: 41, firstByteMs: 149, totalMs: 153 };
    const phases = phasesOf(timings);
    expect(phases).toEqual([
      { name: 'DNS', ms: 4 },
      { name: 'Connect', ms: 18 },
      { name: 'TLS', ms: 41 },
      { name: 'Waiting for the answer', ms: 86 },
      { name: 'Reading the answer', ms: 4 },
    ]);
    expect(phases.reduce((sum, { ms }) => sum + ms, 0)).toBe(timings.totalMs);
  });

  it('leave out what did not happen: on a reused connection all is the answer', () => {
    const timings = { ...NONE, firstByteMs: 188, totalMs: 188 };
    expect(isReused(timings)).toBe(true);
    expect(phasesOf(timings)).toEqual([
      { name: 'Waiting for the answer', ms: 188 },
      { name: 'Reading the answer', ms: 0 },
    ]);
  });

  it('end with the wait where no answer came', () => {
    const timings = { ...NONE, dnsMs: 5, connectMs: 21, totalMs: 10_000 };
    expect(isReused(timings)).toBe(false);
    expect(phasesOf(timings).at(-1)).toEqual({ name: 'Waiting for the answer', ms: 9_974 });
  });

  it('are none where nothing was measured, and never negative through rounding', () => {
    expect(phasesOf(NONE)).toEqual([{ name: 'Waiting for the answer', ms: 0 }]);
    const rounded = { ...NONE, connectMs: 1, tlsMs: 1, firstByteMs: 1, totalMs: 1 };
    expect(phasesOf(rounded).every(({ ms }) => ms >= 0)).toBe(true);
  });
});
