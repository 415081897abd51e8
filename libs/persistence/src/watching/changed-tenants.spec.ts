import { uuidV7 } from '@schoolbell/ids';
import { describe, expect, it } from 'vitest';
import { fromPayload, changesToPayloads } from './changed-tenants.js';

const some = (count: number) => Array.from({ length: count }, () => uuidV7());

describe('what a process tells of changed tenants', () => {
  it('arrives as it was told', () => {
    const told = { moved: some(3), touched: some(2), since: 1_795_824_000_000 };
    expect(changesToPayloads(told).map(fromPayload)).toEqual([told]);
  });

  it('fits the payload of a notification, however many tenants there are', () => {
    const told = { moved: some(1_000), touched: some(500) };
    const payloads = changesToPayloads(told);
    for (const payload of payloads) expect(payload.length).toBeLessThan(8_000);
    const read = payloads.map(fromPayload);
    expect(read.flatMap(({ moved }) => moved)).toEqual(told.moved);
    expect(read.flatMap(({ touched }) => touched)).toEqual(told.touched);
  });

  it('is passed over where it is nothing that this version knows', () => {
    expect(fromPayload('x who knows !what')).toEqual({ moved: [], touched: [] });
  });
});
