import type { ClaimedDelivery, DeliveryStore } from '@schoolbell/delivery';
import { it } from 'vitest';
import type { DeliveryStoreAdapter } from './delivery-store-adapter.js';

/** A test of the suite; all tests share one store and its database. */
export type ConformanceTest = ReturnType<typeof conformanceTest>;

export function conformanceTest(open: () => Promise<DeliveryStoreAdapter>) {
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads there which fixtures it needs
  return it.extend('adapter', { scope: 'file' }, async ({}, { onCleanup }) => {
    const adapter = await open();
    onCleanup(() => adapter.fixtures.close());
    return adapter;
  });
}

/** What a dispatcher gets for one webhook. */
export async function claimOf(
  store: DeliveryStore,
  webhookId: string,
  free = 1000,
): Promise<ClaimedDelivery[]> {
  const claim = await store.claim({ slots: [{ webhookId, free }], limit: 1000, leaseSeconds: 60 });
  return claim.deliveries;
}

/** Like {@link claimOf}, after a sweep: claims need not find by themselves what was given back or left behind. */
export async function sweepAndClaim(
  store: DeliveryStore,
  webhookId: string,
): Promise<ClaimedDelivery[]> {
  await store.webhooksWithDueDeliveries(1000);
  return claimOf(store, webhookId);
}

/** A claimed delivery of a new webhook. */
export async function claimOne(
  adapter: DeliveryStoreAdapter,
): Promise<{ webhookId: string; id: string; claimed: ClaimedDelivery }> {
  const webhookId = await adapter.addWebhook();
  const [id] = await adapter.addDeliveries(webhookId);
  const [claimed] = await claimOf(adapter.store, webhookId);
  return { webhookId, id: id!, claimed: claimed! };
}

/** The attempts of a delivery since it came to this store. */
export async function attemptsOf(
  { fixtures, attemptsBefore }: DeliveryStoreAdapter,
  deliveryId: string,
): Promise<any[]> {
  return (await fixtures.attempts(deliveryId)).slice(attemptsBefore);
}

/** Everything stored about a delivery and its webhook, except how soon it is due. */
export async function storedOf(
  adapter: DeliveryStoreAdapter,
  { id, webhookId }: { id: string; webhookId: string },
): Promise<unknown[]> {
  const { dueIn: _, ...state } = await adapter.state(id);
  return [
    state,
    await adapter.fixtures.delivery(id),
    await adapter.fixtures.webhook(webhookId),
    await attemptsOf(adapter, id),
  ];
}
