import { toTypeId } from '@schoolbell/ids';
import { DeliveryRepository } from '@schoolbell/persistence';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DeliveryPipeline } from '../../apps/dispatcher/src/claiming/delivery-pipeline.js';
import { startReceiver, type Receiver } from '../support/index.js';
import { attemptOf, AUTHOR, DeliveryFixtures, EXHAUSTED } from './delivery-fixtures.js';
import { startPipeline } from './start-pipeline.js';

/** The test wakes each session once, and nothing sweeps: all else is the dispatcher's own doing. */
describe('the next of an ordered session goes at once', () => {
  let fixtures: DeliveryFixtures;
  let receiver: Receiver;
  let webhookId: string;
  let pipeline: DeliveryPipeline;
  beforeAll(async () => {
    fixtures = await DeliveryFixtures.open();
  });
  afterAll(() => fixtures.close());
  beforeEach(async () => {
    receiver = await startReceiver();
    await fixtures.sql('DELETE FROM webhooks');
    webhookId = await fixtures.addWebhook({
      eventTypes: ['session.completed'],
      ordering: 'session',
      autoPauseAfter: 0,
    });
    await fixtures.sql('UPDATE webhooks SET url = $2 WHERE id = $1', [webhookId, receiver.url]);
    pipeline = startPipeline({ store: fixtures.store });
    return () => receiver.close();
  });

  const wake = () => pipeline.onWake([webhookId]);

  /** The events that arrived, in order, once there are `count`. */
  async function arrived(count: number): Promise<unknown[]> {
    return (await receiver.waitFor(count)).map(({ headers }) => headers['webhook-id']);
  }

  const idsOf = (...events: (string | undefined)[]) => events.map((id) => toTypeId('event', id!));

  it('behind one that is delivered, and behind one that is dead', async () => {
    const [first, second, third] = await fixtures.accept(['a', 'a', 'a']);
    await fixtures.sql('UPDATE due_deliveries SET cycle_failures = 2 WHERE event_id = $1', [
      second,
    ]);
    const [fails] = idsOf(second);
    receiver.respondWith(({ headers }) => (headers['webhook-id'] === fails ? 500 : 200));
    await wake();
    expect(await arrived(3)).toEqual(idsOf(first, second, third));
  });

  it('behind those of which the events were pruned while they waited', async () => {
    const [first, second, third] = await fixtures.accept(['a', 'a', 'a']);
    await fixtures.sql('DELETE FROM events WHERE id = ANY ($1)', [[first, second]]);
    await wake();
    expect(await arrived(1)).toEqual(idsOf(third));
  });

  it('behind one that is dead since its attempts were cut off too often', async () => {
    const [, second] = await fixtures.accept(['a', 'a']);
    await fixtures.claim(webhookId);
    await fixtures.endLeases();
    await fixtures.sql(
      'UPDATE due_deliveries SET interruptions = 4 WHERE leased_until IS NOT NULL',
    );
    await fixtures.sweep();
    await wake();
    expect(await arrived(1)).toEqual(idsOf(second));
  });

  it('when it was retried by hand during an attempt that then fails and waits for its own retry', async () => {
    const [first, second] = await fixtures.accept(['a', 'a']);
    const dead = await fixtures.claim(webhookId);
    await fixtures.store.record(dead.map((claimed) => attemptOf(claimed, EXHAUSTED)));
    receiver.respondWith({ status: 500, delayMs: 300 });
    await wake();
    await receiver.waitFor(1);
    await new DeliveryRepository(fixtures.db).retry(fixtures.tenantId, dead[0]!.id, AUTHOR);
    await wake();
    expect(await arrived(2)).toEqual(idsOf(second, first));
  });
});
