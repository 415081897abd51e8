import type { DeliveryStore } from '@schoolbell/delivery';
import { describe, expect } from 'vitest';

/** What this part of the suite needs, which a stand-in for a store has too. */
export interface SlotsAdapter {
  readonly store: Pick<DeliveryStore, 'claim'>;
  addWebhook(): Promise<string>;
  addDeliveries(webhookId: string, options: { count: number }): Promise<unknown>;
}

type SlotsTest = (
  title: string,
  run: (context: { adapter: SlotsAdapter }) => Promise<void>,
) => void;

/** How many deliveries a claim returns. */
export function describeSlots(it: SlotsTest): void {
  describe('a claim', () => {
    it('hands over as many as the webhook has free slots, and says that there are more', async ({
      adapter,
    }) => {
      const webhookId = await adapter.addWebhook();
      await adapter.addDeliveries(webhookId, { count: 5 });
      const request = { slots: [{ webhookId, free: 3 }], limit: 100, leaseSeconds: 60 };
      const first = await adapter.store.claim(request);
      expect(first.deliveries).toHaveLength(3);
      expect(first.withMore).toEqual([webhookId]);
      const second = await adapter.store.claim(request);
      expect(second.deliveries).toHaveLength(2);
      expect(second.withMore).toEqual([]);
    });

    it('hands over no more than the limit, and names each webhook that has more', async ({
      adapter,
    }) => {
      const [one, two] = [await adapter.addWebhook(), await adapter.addWebhook()];
      for (const webhookId of [one, two]) await adapter.addDeliveries(webhookId, { count: 5 });
      const slots = [one, two].map((webhookId) => ({ webhookId, free: 8 }));
      const claim = await adapter.store.claim({ slots, limit: 6, leaseSeconds: 60 });
      expect(claim.deliveries).toHaveLength(6);
      const got = Map.groupBy(claim.deliveries, ({ webhookId }) => webhookId);
      const cutShort = [one, two].filter((id) => (got.get(id)?.length ?? 0) < 5);
      expect(claim.withMore).toEqual(expect.arrayContaining(cutShort));
    });

    it('hands over nothing of a webhook without free slots, and names it if it has more', async ({
      adapter,
    }) => {
      const [full, other] = [await adapter.addWebhook(), await adapter.addWebhook()];
      for (const webhookId of [full, other]) await adapter.addDeliveries(webhookId, { count: 1 });
      const slots = [
        { webhookId: full, free: 0 },
        { webhookId: other, free: 1 },
      ];
      const claim = await adapter.store.claim({ slots, limit: 100, leaseSeconds: 60 });
      expect(claim.deliveries).toMatchObject([{ webhookId: other }]);
      expect(claim.withMore).toContain(full);
    });

    it('hands over nothing of webhooks that it does not name', async ({ adapter }) => {
      const [named, other] = [await adapter.addWebhook(), await adapter.addWebhook()];
      await adapter.addDeliveries(other, { count: 1 });
      const slots = [{ webhookId: named, free: 8 }];
      const claim = await adapter.store.claim({ slots, limit: 100, leaseSeconds: 60 });
      expect(claim).toMatchObject({ deliveries: [], withMore: [], paced: [] });
      const nobody = await adapter.store.claim({ slots: [], limit: 100, leaseSeconds: 60 });
      expect(nobody).toMatchObject({ deliveries: [], withMore: [], paced: [] });
    });
  });
}
