import { describe, it } from 'vitest';
import { DueDeliveries } from '../../../apps/dispatcher/src/testing/due-deliveries.js';
import { BatchesAdapter } from './batches-adapter.js';
import { DeliveriesAdapter } from './deliveries-adapter.js';
import { describeDeliveryStore } from './describe-delivery-store.js';
import { describeSlots, type SlotsAdapter } from './describe-slots.js';
import { FallbacksAdapter } from './fallbacks-adapter.js';

describeDeliveryStore('deliveries', () => DeliveriesAdapter.open());
describeDeliveryStore('fallbacks', () => FallbacksAdapter.open());
describeDeliveryStore('batches', () => BatchesAdapter.open());

describe("the stand-in for a store in the dispatcher's specs", () => {
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads there which fixtures it needs
  const withStandIn = it.extend('adapter', ({}): SlotsAdapter => {
    const store = new DueDeliveries();
    let webhooks = 0;
    return {
      store,
      addWebhook: async () => `webhook ${++webhooks}`,
      addDeliveries: async (webhookId, { count }) => store.due.set(webhookId, count),
    };
  });
  describeSlots(withStandIn);
});
