import { accepted, refused, type ConformanceCase } from './conformance-case.js';

export const TIMESTAMP_CASES: ConformanceCase[] = [
  accepted('a timestamp with an offset', { timestamp: '2023-05-04T12:00:00-05:00' }),
  accepted('a timestamp in the future', { timestamp: '2036-05-04T12:00:00Z' }),
  refused('a timestamp that is a text', { timestamp: 'yesterday' }),
  refused('a timestamp of another form', { timestamp: '01/011/2015' }),
  refused('a timestamp that is a number', { timestamp: 1775831520 }),
  refused('a timestamp with the offset -00', { timestamp: '2008-09-15T15:53:00.601-00' }),
  refused('a timestamp with the offset -0000', { timestamp: '2008-09-15T15:53:00.601-0000' }),
  refused('a timestamp with the offset -00:00', { timestamp: '2008-09-15T15:53:00.601-00:00' }),
  refused('a day without a time', { timestamp: '2026-04-10' }, '2.0.0'),
  refused('a timestamp without separators', { timestamp: '20260410T143200Z' }, '2.0.0'),
  refused('a day that is not on the calendar', { timestamp: '2026-02-30T00:00:00Z' }, '2.0.0'),
];
