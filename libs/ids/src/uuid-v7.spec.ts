import { describe, expect, it } from 'vitest';
import { firstUuidV7At, timeOfUuidV7, uuidV7 } from './uuid-v7.js';

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('new ids', () => {
  it('are UUIDs of version 7, each another, over many refills of the randomness', () => {
    const ids = Array.from({ length: 2000 }, () => uuidV7());
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(UUID_V7);
  });

  it('sort by the time at which they were made', () => {
    const moments = [0, 1, 1_700_000_000_000, 1_700_000_000_001, 2 ** 48 - 1];
    const ids = moments.map((moment) => uuidV7(moment));
    expect(ids.toSorted()).toEqual(ids);
    expect(ids.map(timeOfUuidV7)).toEqual(moments);
  });

  it('of one millisecond sort in the order in which they were made', () => {
    const ids = Array.from({ length: 4096 }, () => uuidV7(1_700_000_000_000));
    expect(ids.toSorted()).toEqual(ids);
  });

  it('of a millisecond are not below the first possible one of it', () => {
    const moment = 1_700_000_000_000;
    const first = firstUuidV7At(moment);
    expect(first).toMatch(UUID_V7);
    expect(timeOfUuidV7(first)).toBe(moment);
    for (let i = 0; i < 100; i++) expect(uuidV7(moment) >= first).toBe(true);
    expect(uuidV7(moment - 1) < first).toBe(true);
  });
});
