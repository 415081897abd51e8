import { uuidV7 } from '@schoolbell/ids';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTraceparent, spanContextOf, spanIdsOf, traceIdOf, traceparentOf } from './span-ids.js';

const ATTEMPT = '0193563f-f83d-7b12-9abc-def012345678';

describe('the trace of an attempt', () => {
  it('is found by its id: the UUID without hyphens', () => {
    expect(traceIdOf(ATTEMPT)).toBe('0193563ff83d7b129abcdef012345678');
    expect(spanIdsOf(ATTEMPT).spanId).toBe('9abcdef012345678');
  });

  it('is told to its receiver as W3C Trace Context has it', () => {
    const header = traceparentOf(ATTEMPT);
    expect(header).toBe('00-0193563ff83d7b129abcdef012345678-9abcdef012345678-01');
    expect(readTraceparent(header)).toEqual(spanContextOf(ATTEMPT));
  });

  it('is one that exists, and no two are the same', () => {
    const ids = Array.from({ length: 1000 }, () => spanIdsOf(uuidV7()));
    expect(new Set(ids.map(({ spanId }) => spanId)).size).toBe(1000);
    expect(
      ids.every(({ traceId, spanId }) =>
        /^[0-9a-f]{32} [89ab][0-9a-f]{15}$/.test(`${traceId} ${spanId}`),
      ),
    ).toBe(true);
  });
});

describe("a caller's traceparent", () => {
  it.each([
    ['none', undefined],
    ['nonsense', 'trace me'],
    ['zeros for a trace', `00-${'0'.repeat(32)}-9abcdef012345678-01`],
    ['zeros for a span', `00-0193563ff83d7b129abcdef012345678-${'0'.repeat(16)}-01`],
    ['capitals', '00-0193563FF83D7B129ABCDEF012345678-9ABCDEF012345678-01'],
  ])('with %s says nothing', (_, header) => {
    expect(readTraceparent(header)).toBeUndefined();
  });

  it('is read from anything without an error', () => {
    fc.assert(fc.property(fc.string(), (header) => void readTraceparent(header)));
  });
});
