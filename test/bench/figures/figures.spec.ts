import { describe, expect, it } from 'vitest';
import { isReached, type Goal } from './goal.js';
import { assertBalanced, type Ledger, VoidRunError } from './ledger.js';
import { median, percentile } from './statistics.js';
import { tableOf } from './table.js';

const BALANCED: Ledger = {
  posted: 100,
  delivered: 90,
  waiting: 10,
  failed: 0,
  received: 95,
  duplicates: 0,
  refused: {},
};
const RATIO: Goal = { id: 'ratio', what: 'speed', baseline: 'bare loop', atLeast: 0.3 };
const CPU: Goal = { id: 'cpu', what: 'CPU', baseline: 'per delivery', atMost: 350, unit: ' µs' };

describe('the books of a measurement', () => {
  it('balance while some deliveries are on their way', () => {
    expect(() => assertBalanced(BALANCED)).not.toThrow();
  });

  it.each<[string, Partial<Ledger>]>([
    ['an event is lost', { posted: 101 }],
    ['a delivery is not what the receivers saw', { received: 89 }],
    ['receivers saw more than was promised', { received: 101 }],
    ['a delivery came twice', { duplicates: 1 }],
    ['a delivery failed', { waiting: 9, failed: 1 }],
    ['an event was refused', { refused: { '503': 1 } }],
  ])('make the run void when %s', (_title, fault) => {
    expect(() => assertBalanced({ ...BALANCED, ...fault })).toThrow(VoidRunError);
  });
});

describe('the figures of several runs', () => {
  it('are told by their median', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(() => median([])).toThrow(RangeError);
  });

  it('have percentiles that are values which were measured', () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(percentile(values, 0.5)).toBe(50);
    expect(percentile(values, 0.99)).toBe(99);
    expect(percentile(values, 1)).toBe(100);
    expect(percentile([7], 0.01)).toBe(7);
  });

  it('reach a goal or miss it, from below and from above', () => {
    expect(isReached({ goal: RATIO, values: [0.29, 0.3, 0.5] })).toBe(true);
    expect(isReached({ goal: RATIO, values: [0.29] })).toBe(false);
    expect(isReached({ goal: CPU, values: [350] })).toBe(true);
    expect(isReached({ goal: CPU, values: [351] })).toBe(false);
    expect(isReached({ goal: CPU, values: [] })).toBeUndefined();
  });

  it('are shown with their range, and a row without figures says why', () => {
    const table = tableOf([
      { goal: RATIO, values: [0.25, 0.314, 0.4] },
      { goal: CPU, values: [], missing: 'needs --history' },
    ]);
    const [heading, , ratio, cpu] = table.split('\n').map((line) =>
      line
        .split('|')
        .map((cell) => cell.trim())
        .slice(1, -1),
    );
    expect(heading).toEqual(['what', 'against', 'goal', 'measured', 'range', 'reached']);
    expect(ratio).toEqual(['speed', 'bare loop', '≥ 0.3', '0.31', '0.25–0.40', 'yes']);
    expect(cpu).toEqual(['CPU', 'per delivery', '≤ 350 µs', '–', '–', 'needs --history']);
  });
});
