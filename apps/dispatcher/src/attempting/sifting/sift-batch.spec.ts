import type { BatchMember, ClaimedDelivery, DiscardReason, TurnedAway } from '@schoolbell/delivery';
import { describe, expect, it } from 'vitest';
import { aClaim } from '../../testing/a-claim.js';
import { siftBatch } from './sift-batch.js';

function batchOf(types: readonly [string, ...string[]]) {
  const toMember = (type: string): BatchMember => ({
    deliveryId: `delivery of ${type}`,
    event: { ...aClaim().event, type },
  });
  const [first, ...others] = types;
  const members: NonNullable<ClaimedDelivery['members']> = [
    toMember(first),
    ...others.map(toMember),
  ];
  return { claimed: aClaim({ id: 'batch', event: members[0].event, members }), members };
}

async function sift(types: readonly [string, ...string[]], reasons: Record<string, DiscardReason>) {
  const { claimed, members } = batchOf(types);
  const discarded: TurnedAway[] = [];
  const store = { discard: async (away: readonly TurnedAway[]) => void discarded.push(...away) };
  const left = await siftBatch(claimed, members, async ({ event }) => reasons[event.type], store);
  const typesOf = (batch: ClaimedDelivery | undefined) =>
    batch?.members?.map(({ event }) => event.type);
  return {
    isTheSame: left === claimed,
    left: typesOf(left),
    first: left?.event.type,
    discarded: discarded.map((away) => [away.reason, ...typesOf(away.claimed)!]),
  };
}

describe('of a batch that was not sent yet', () => {
  it('all goes that its webhook does not turn away', async () => {
    expect(await sift(['a', 'b'], {})).toMatchObject({ isTheSame: true, discarded: [] });
  });

  it('each delivery is discarded for its own reason, and the others go', async () => {
    const reasons = { a: 'filtered', c: 'not_carried', e: 'filtered' } as const;
    expect(await sift(['a', 'b', 'c', 'd', 'e'], reasons)).toMatchObject({
      left: ['b', 'd'],
      first: 'b',
      discarded: [
        ['filtered', 'a', 'e'],
        ['not_carried', 'c'],
      ],
    });
  });

  it('nothing goes when its webhook turns all of it away', async () => {
    const reasons = { a: 'filtered', b: 'filtered' } as const;
    expect(await sift(['a', 'b'], reasons)).toMatchObject({
      left: undefined,
      discarded: [['filtered', 'a', 'b']],
    });
  });
});
