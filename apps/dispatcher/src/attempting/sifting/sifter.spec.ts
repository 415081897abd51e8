import type { ClaimedDelivery, TakenSlots } from '@schoolbell/delivery';
import { expect, it } from 'vitest';
import { Discarder } from '../../recording/discarder.js';
import { Sifter } from './sifter.js';
import { SlotTaker } from './slot-taker.js';
import { aClaim } from '../../testing/a-claim.js';
import { aWebhook } from '../../testing/a-webhook.js';
import { silentLogger } from '../../testing/silent-logger.js';

const webhook = { kind: 'readable', webhook: aWebhook({ filter: 'data' }) } as const;
const waiting = (its: Partial<ClaimedDelivery> = {}) => aClaim({ awaitsSlot: true, ...its });

/** A sifter for a webhook whose timetable has this many slots, and whose filter does not want `unwanted`. */
function sifterWith({ slots, unwanted }: { slots: number; unwanted?: ClaimedDelivery }) {
  const seen = { asked: [] as string[], statements: 0, over: [] as string[], back: [] as string[] };
  const paced: TakenSlots['paced'] = [];
  const store = {
    discard: async () => undefined,
    takeSlots: async (claims: readonly ClaimedDelivery[]) => {
      seen.statements++;
      if (slots < 0) throw new Error('Postgres is away');
      const going = claims.slice(0, slots).map(({ id }) => ({ id, startInMs: 1 }));
      return { going, paced: [{ webhookId: claims[0]!.webhookId, againInMs: 1000 }] };
    },
  };
  const followUp = { discarded: () => undefined };
  const sifter = new Sifter({
    filter: {
      wants: async (_filter, _webhook, { id }) => {
        seen.asked.push(id);
        return id !== unwanted?.event.id;
      },
    },
    store,
    inFlight: { replace: () => undefined, done: ({ id }) => void seen.over.push(id) },
    discarder: new Discarder(store, followUp, silentLogger),
    slots: new SlotTaker(store, { keepTo: (webhooks) => void paced.push(...webhooks) }),
    releaser: {
      giveBack: async (claims) => void seen.back.push(...claims.map((c) => c.claimed.id)),
    },
    logger: silentLogger,
  });
  return { seen, paced, sift: async (claimed: ClaimedDelivery) => sifter.sift(claimed, webhook) };
}

it('the sifter takes slots only for what the filter wants, for all that it answers at once in one statement', async () => {
  const [first, unwanted, second] = [waiting(), waiting(), waiting()];
  const { seen, sift } = sifterWith({ slots: 8, unwanted });
  expect(await Promise.all([first, unwanted, second].map(sift))).toEqual([
    first,
    undefined,
    second,
  ]);
  expect(seen).toMatchObject({ statements: 1, over: [], back: [] });
});

it('the sifter asks no filter again about what it wanted and had no slot, unless the webhook has changed', async () => {
  const claimed = waiting();
  const { seen, paced, sift } = sifterWith({ slots: 0 });
  expect(await sift(claimed)).toBeUndefined();
  expect(await sift({ ...claimed, leaseId: 'another' })).toBeUndefined();
  expect(seen).toMatchObject({ asked: [claimed.event.id], over: [claimed.id, claimed.id] });
  expect(paced[0]).toEqual({ webhookId: claimed.webhookId, againInMs: 1000 });
  await sift({ ...claimed, webhookVersion: 2 });
  expect(seen.asked).toHaveLength(2);
});

it('the sifter gives back what no slot could be asked for', async () => {
  const claimed = waiting();
  const { seen, sift } = sifterWith({ slots: -1 });
  expect(await sift(claimed)).toBeUndefined();
  expect(seen.back).toEqual([claimed.id]);
});
