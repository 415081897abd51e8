import { describe, expect } from 'vitest';
import { claimOf, claimOne, type ConformanceTest } from './conformance-test.js';

export function describeSweeping(it: ConformanceTest): void {
  describe('a sweep', () => {
    it('names the webhooks that have something due: not what waits, nor what is being sent', async ({
      adapter,
    }) => {
      const due = await adapter.addWebhook();
      await adapter.addDeliveries(due, { count: 50 });
      const later = await adapter.addWebhook();
      await adapter.addDeliveries(later, { dueIn: 60 });
      const { webhookId: leased } = await claimOne(adapter);
      const sweep = async () => {
        const found = await adapter.store.webhooksWithDueDeliveries(1000);
        return [due, later, leased].filter((id) => found.includes(id));
      };
      expect(await sweep()).toEqual([due]);
      await adapter.endLeases();
      expect(await sweep()).toEqual([due, leased]);
      await claimOf(adapter.store, leased);
      expect(await sweep()).toEqual([due]);
    });

    it('comes round to every webhook, though it names only a few at a time', async ({
      adapter,
    }) => {
      const added = await Promise.all(Array.from({ length: 3 }, () => adapter.addWebhook()));
      for (const webhookId of added) await adapter.addDeliveries(webhookId);
      const all = await adapter.store.webhooksWithDueDeliveries(1000);
      expect(all).toEqual(expect.arrayContaining(added));
      const found = new Set<string>();
      for (let i = 0; i <= all.length; i++) {
        for (const id of await adapter.store.webhooksWithDueDeliveries(1)) found.add(id);
      }
      expect([...found].toSorted()).toEqual(all.toSorted());
    });
  });
}
