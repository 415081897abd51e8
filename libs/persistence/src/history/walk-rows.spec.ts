import { describe, expect, it } from 'vitest';
import { walkRows } from './walk-rows.js';

/** A table of numbered rows, of which every tenth goes. */
class Rows {
  looks = 0;
  constructor(private readonly count: number) {}

  stride = async (after: string, limit: number) => {
    const from = after.includes('-') ? 0 : Number(after);
    const to = Math.min(from + limit, this.count);
    this.looks += to - from;
    return { deleted: (to - from) / 10, reached: to > from ? String(to) : null };
  };
}

describe('a walk over old rows of which some stay', () => {
  it('ends with the last one', async () => {
    const rows = new Rows(12_000);
    expect(await walkRows('t', new Map(), rows.stride)).toEqual({
      deleted: 1_200,
      unfinished: false,
    });
  });

  it('that is longer than a round goes on where it was, and begins anew once it was through', async () => {
    const rows = new Rows(1_500_000);
    const positions = new Map<string, string>();
    expect(await walkRows('t', positions, rows.stride)).toMatchObject({ unfinished: true });
    expect(rows.looks).toBe(1_000_000);
    expect(await walkRows('t', positions, rows.stride)).toMatchObject({ unfinished: false });
    expect(rows.looks).toBe(1_500_000);
    await walkRows('t', positions, rows.stride);
    expect(rows.looks).toBe(2_500_000);
  });
});
