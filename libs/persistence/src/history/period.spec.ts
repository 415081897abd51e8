import { describe, expect, it } from 'vitest';
import { missingPeriods, periodLengthMs, type Period } from './period.js';

const DAY = 86_400_000;
const at = (text: string): Date => new Date(`${text}Z`);
const period = (from: string, to: string): Period => ({ from: at(from), to: at(to) });
const NOW = at('2026-11-22T15:00');

describe('the partitions to make', () => {
  it.each([
    [1, 1],
    [7, 1],
    [30, 7],
    [365, 91],
  ])('for a retention of %i days cover %i days each', (retentionDays, days) => {
    expect(periodLengthMs(retentionDays)).toBe(days * DAY);
  });

  it('begin with today where nothing is stored yet, and reach a whole one ahead', () => {
    expect(missingPeriods([], NOW, 7 * DAY, true)).toEqual([
      period('2026-11-22T00:00', '2026-11-29T00:00'),
      period('2026-11-29T00:00', '2026-12-06T00:00'),
    ]);
  });

  it('leave out today where its rows are stored already', () => {
    const [first] = missingPeriods([], NOW, 7 * DAY, false);
    expect(first).toEqual(period('2026-11-23T00:00', '2026-11-30T00:00'));
    const [later] = missingPeriods([], at('2026-11-22T23:30'), 7 * DAY, false);
    expect(later!.from).toEqual(at('2026-11-24T00:00'));
  });

  it('follow those that are there without a gap, whatever length they had', () => {
    const existing = [period('2026-11-20T00:00', '2026-11-25T00:00')];
    expect(missingPeriods(existing, NOW, 7 * DAY, false)).toEqual([
      period('2026-11-25T00:00', '2026-12-02T00:00'),
    ]);
    expect(missingPeriods(existing, NOW, DAY, false)).toEqual([]);
  });

  it('fill the time before one that a wrong clock made far ahead', () => {
    const ahead = period('2026-11-27T00:00', '2026-12-04T00:00');
    expect(missingPeriods([ahead], NOW, 7 * DAY, false)).toEqual([
      period('2026-11-23T00:00', '2026-11-27T00:00'),
    ]);
  });
});
