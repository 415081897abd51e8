import { setTimeout as sleep } from 'node:timers/promises';
import type { ClaimedDelivery, DeliveryStore, WebhookForSending } from '@schoolbell/delivery';
import { expect, it } from 'vitest';
import type { AttemptTools } from '../attempting/attempt-tools.js';
import { DeliveryPipeline } from './delivery-pipeline.js';
import { aClaim } from '../testing/a-claim.js';
import { silentLogger } from '../testing/silent-logger.js';

/** What happens to a batch that was claimed at version 1 of its webhook, whose settings are then read at `version`. */
async function batchOf(version: number) {
  const { event } = aClaim();
  const members = [{ deliveryId: 'd', event }] as const;
  const claimed = aClaim({ event, members, webhookVersion: 1 });
  const due = [claimed];
  const released: ClaimedDelivery[] = [];
  const looked: string[] = [];
  const webhook = { id: claimed.webhookId, tenantId: event.tenantId, version, filter: 'data' };
  const store: Partial<DeliveryStore> = {
    claim: async () => ({
      deliveries: due.splice(0),
      withMore: [],
      paced: [],
      operationalEvents: false,
    }),
    webhooksForSending: async () => ({
      readable: [webhook as WebhookForSending],
      unreadable: [],
    }),
    discard: async () => undefined,
    release: async (claims) => void released.push(...claims.map((claim) => claim.claimed)),
  };
  const filter: AttemptTools['filter'] = {
    wants: async (_filter, _webhook, { id }) => {
      looked.push(id);
      return false;
    },
  };
  const pipeline = new DeliveryPipeline(
    {
      store: store as DeliveryStore,
      tools: { filter } as AttemptTools,
      wakes: { wake: () => undefined, wakeLater: () => undefined },
      logger: silentLogger,
      newId: () => 'a',
      now: Date.now,
      random: Math.random,
    },
    { limits: { total: 8, perWebhook: 8 }, leaseSeconds: 60, faultOf: () => 'bug' },
  );
  await pipeline.onWake([claimed.webhookId]);
  await sleep(1);
  await pipeline.drain(100);
  return { looked: looked.length, released: released.length };
}

it('a batch is sent by the settings that its claim saw', async () => {
  expect(await batchOf(1)).toEqual({ looked: 1, released: 0 });
});

it('a batch is given back when its webhook was changed since', async () => {
  expect(await batchOf(2)).toEqual({ looked: 0, released: 1 });
});
