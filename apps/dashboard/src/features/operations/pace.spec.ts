import { expect, it } from 'vitest';
import { paceOf } from './pace.ts';

const progress = { total: 1_000, done: 190, failed: 10, createdAt: '2026-11-28T12:00:00.000Z' };
const after = (seconds: number) => Date.parse(progress.createdAt) + seconds * 1_000;

it('the dashboard says at which pace an operation goes and how long it takes yet', () => {
  expect(paceOf(progress, after(2))).toBe(', 100 a second, 8.0 s left');
  expect(paceOf(progress, after(400))).toBe(', 30 a minute, 27 min left');
});

it('the dashboard says nothing of the pace before anything was done', () => {
  expect(paceOf({ ...progress, done: 0, failed: 0 }, after(60))).toBe('');
  expect(paceOf(progress, after(0.5))).toBe('');
});
