import type { HourDocument } from '@schoolbell/api-client';
import { expect, it } from 'vitest';
import { slotsOf } from './attempts-slots.ts';

const hours = (count: number): HourDocument[] =>
  Array.from({ length: count }, (_, index) => ({
    // Local midnight first, whatever the time zone of the test.
    at: new Date(2026, 10, 20, index).toISOString(),
    outcomes: { delivered: 3, failed: index === 1 ? 1 : 0, interrupted: 0 },
    successRate: 1,
    responseTimeMs: index === 1 ? { p50: 10, p95: 90, p99: 95 } : { p50: 20, p95: 40, p99: 50 },
  }));

it('a chart shows a day by its hours', () => {
  const slots = slotsOf(hours(25), '24h');
  expect(slots).toHaveLength(25);
  expect(slots[1]).toMatchObject({
    label: '01:00',
    name: 'Fri, 01:00–02:00',
    delivered: 3,
    failed: 1,
    successRate: 0.75,
  });
});

it('a chart shows a week by quarters of a day, and a month by days', () => {
  const week = slotsOf(hours(48), '7d');
  expect(week).toHaveLength(8);
  expect(week[0]).toMatchObject({
    label: '20 Nov',
    name: 'Fri 20 Nov, 00:00–06:00',
    delivered: 18,
    failed: 1,
  });
  const month = slotsOf(hours(48), '30d');
  expect(month.map(({ name, delivered }) => [name, delivered])).toEqual([
    ['Fri 20 Nov', 72],
    ['Sat 21 Nov', 72],
  ]);
});

it('a chart says of several hours the slowest, for percentiles cannot be added up', () => {
  expect(slotsOf(hours(24), '30d')[0]?.responseTimeMs).toEqual({ p50: 20, p95: 90, p99: 95 });
});

it('a chart has no success rate where nothing was attempted', () => {
  const [hour] = hours(1);
  const nothing = {
    ...hour!,
    outcomes: { delivered: 0, failed: 0, interrupted: 2 },
    responseTimeMs: null,
  };
  expect(slotsOf([nothing], '24h')[0]).toMatchObject({ successRate: null, responseTimeMs: null });
});
