import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attemptOf, DELIVERED, DeliveryFixtures, EXHAUSTED, FAILED } from './delivery-fixtures.js';

describe('claiming for an ordered webhook', () => {
  let fixtures: DeliveryFixtures;
  let webhookId: string;
  beforeAll(async () => {
    fixtures = await DeliveryFixtures.open();
    webhookId = await fixtures.addWebhook({
      eventTypes: ['session.completed'],
      ordering: 'session',
    });
  });
  afterAll(() => fixtures.close());

  const accept = (...sessions: (string | undefined)[]) => fixtures.accept(sessions);
  const claim = () => fixtures.claim(webhookId);
  const eventsOf = (claimed: { event: { id: string } }[]) => claimed.map(({ event }) => event.id);

  it('takes one of each session at a time, and all that have no session', async () => {
    const [a1, b1, a2, x, y, a3] = await accept('a', 'b', 'a', undefined, undefined, 'a');
    const first = await claim();
    expect(new Set(eventsOf(first))).toEqual(new Set([a1, b1, x, y]));
    expect(new Set(first.filter(({ ordered }) => ordered).map(({ event }) => event.id))).toEqual(
      new Set([a1, b1]),
    );
    expect(await claim()).toEqual([]);

    const attempts = first.map((claimed) =>
      attemptOf(claimed, claimed.event.id === b1 ? FAILED : DELIVERED),
    );
    await fixtures.store.record(attempts);
    const second = await claim();
    expect(eventsOf(second)).toEqual([a2]);
    await fixtures.store.record(second.map((claimed) => attemptOf(claimed, EXHAUSTED)));
    const third = await claim();
    expect(eventsOf(third)).toEqual([a3]);
    await fixtures.store.record(third.map((claimed) => attemptOf(claimed, DELIVERED)));
    await fixtures.sql('DELETE FROM due_deliveries');
  });

  it('keeps the order of a batch, however large, and over a pause', async () => {
    const events = await accept(...Array.from({ length: 300 }, (_, i) => `s${i % 7}`));
    await fixtures.sql(`UPDATE webhooks SET status = 'paused' WHERE id = $1`, [webhookId]);
    expect(await claim()).toEqual([]);
    await fixtures.sql(`UPDATE webhooks SET status = 'active' WHERE id = $1`, [webhookId]);
    const seen: string[] = [];
    for (let claimed = await claim(); claimed.length > 0; claimed = await claim()) {
      expect(claimed.length).toBeLessThanOrEqual(7);
      seen.push(...eventsOf(claimed));
      await fixtures.store.record(claimed.map((one) => attemptOf(one, DELIVERED)));
    }
    for (let session = 0; session < 7; session++) {
      const ofSession = events.filter((_, i) => i % 7 === session);
      expect(seen.filter((id) => ofSession.includes(id))).toEqual(ofSession);
    }
  });
});
