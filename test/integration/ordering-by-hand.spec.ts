import type { ClaimedDelivery, Verdict } from '@schoolbell/delivery';
import { DeliveryRepository, OperationRepository, OperationSteps } from '@schoolbell/persistence';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  attemptOf,
  AUTHOR,
  DELIVERED,
  DeliveryFixtures,
  EXHAUSTED,
  FAILED,
} from './delivery-fixtures.js';

describe('what is sent again by hand to an ordered webhook', () => {
  let fixtures: DeliveryFixtures;
  let webhookId: string;
  beforeAll(async () => {
    fixtures = await DeliveryFixtures.open();
  });
  afterAll(() => fixtures.close());
  beforeEach(async () => {
    await fixtures.sql('DELETE FROM webhooks');
    for (const table of ['due_deliveries', 'deliveries', 'events']) {
      await fixtures.sql(`DELETE FROM ${table}`);
    }
    webhookId = await fixtures.addWebhook({
      eventTypes: ['session.completed'],
      ordering: 'session',
      autoPauseAfter: 0,
    });
  });

  const accept = (...sessions: string[]) => fixtures.accept(sessions);
  const claim = () => fixtures.claim(webhookId);
  const eventsOf = (claimed: ClaimedDelivery[]) => claimed.map(({ event }) => event.id);

  const deliveryOf = async (eventId: string | undefined): Promise<string> =>
    (await fixtures.sql('SELECT id FROM deliveries WHERE event_id = $1', [eventId]))[0].id;

  async function retry(eventId: string | undefined): Promise<void> {
    const deliveries = new DeliveryRepository(fixtures.db);
    const outcome = await deliveries.retry(fixtures.tenantId, await deliveryOf(eventId), AUTHOR);
    expect(outcome.kind).toBe('retried');
  }

  async function end(claimed: ClaimedDelivery[], verdict: Verdict): Promise<void> {
    await fixtures.store.record(claimed.map((one) => attemptOf(one, verdict)));
  }

  /** @returns the events in the order in which they were delivered, one at a time */
  async function deliverAll(): Promise<string[]> {
    const seen: string[] = [];
    for (let claimed = await claim(); claimed.length > 0; claimed = await claim()) {
      expect(claimed).toHaveLength(1);
      seen.push(...eventsOf(claimed));
      await end(claimed, DELIVERED);
    }
    return seen;
  }

  it('a dead letter takes the place of its event among those of its session that wait', async () => {
    const [a1, a2, a3] = await accept('a', 'a', 'a');
    await end(await claim(), EXHAUSTED);
    await end(await claim(), EXHAUSTED);
    await retry(a2);
    await retry(a1);
    expect(await deliverAll()).toEqual([a1, a2, a3]);
  });

  it('dead letters that are retried one by one go in the order of acceptance, whatever is retried first', async () => {
    const events = await accept('a', 'a', 'a', 'a', 'a');
    for (let dead = 0; dead < 4; dead++) await end(await claim(), EXHAUSTED);
    for (const place of [1, 3, 2, 0]) await retry(events[place]);
    expect(await deliverAll()).toEqual(events);
  });

  it('a dead letter goes before all that were accepted later, also by an API whose clock was ahead', async () => {
    const [a1, a2, a3] = await accept('a', 'a', 'a');
    await end(await claim(), EXHAUSTED);
    await fixtures.sql(
      'UPDATE due_deliveries SET ordering_number = -ordering_number WHERE event_id = $1',
      [a3],
    );
    await retry(a1);
    expect(await deliverAll()).toEqual([a1, a3, a2]);
  });

  it('a delivered one goes at once when nothing of its session waits', async () => {
    const [a1, b1] = await accept('a', 'b');
    await end(await claim(), DELIVERED);
    await retry(a1);
    expect(eventsOf(await claim())).toEqual([a1]);
    await retry(b1);
    expect(eventsOf(await claim())).toEqual([b1]);
  });

  it('waits for the attempt of its session that is under way, and then goes first', async () => {
    const [a1, a2] = await accept('a', 'a');
    await end(await claim(), EXHAUSTED);
    const underWay = await claim();
    expect(eventsOf(underWay)).toEqual([a2]);
    await retry(a1);
    expect(await claim()).toEqual([]);
    await end(underWay, FAILED);
    await fixtures.sql('UPDATE due_deliveries SET due_at = now()');
    expect(await deliverAll()).toEqual([a1, a2]);
  });

  it('dead letters that are retried in bulk go in the order of acceptance, before what waits', async () => {
    const events = await accept('a', 'a', 'a', 'a', 'a');
    for (let dead = 0; dead < 4; dead++) await end(await claim(), EXHAUSTED);
    const { tenantId, db } = fixtures;
    await new OperationRepository(db).startForDeadLetters(tenantId, 'retry', { webhookId }, AUTHOR);
    expect(await new OperationSteps(db).next()).toMatchObject({ status: 'completed', done: 4 });
    expect(await deliverAll()).toEqual(events);
  });

  it('dead letters are retried in bulk as fast as ever when very many of their session wait', async () => {
    const { tenantId, db } = fixtures;
    const events = await accept(...Array.from({ length: 400 }, () => 'a'));
    await fixtures.sql('DELETE FROM due_deliveries');
    await fixtures.sql(`UPDATE deliveries SET status = 'dead', dead_at = now()`);
    await fixtures.sql(
      `INSERT INTO due_deliveries (delivery_id, tenant_id, webhook_id, event_id, due_at, ordering_key,
         ordering_number)
       SELECT id, $1, $2, id, now(), 'a', nextval('delivery_order')
       FROM (SELECT lpad(to_hex(n), 32, '0')::uuid AS id FROM generate_series(1, 100000) n) earlier`,
      [tenantId, webhookId],
    );
    await new OperationRepository(db).startForDeadLetters(tenantId, 'retry', { webhookId }, AUTHOR);
    const startedAt = performance.now();
    expect(await new OperationSteps(db).next()).toMatchObject({ status: 'completed', done: 400 });
    // Some 30 ms; reading everything that waits for each one would take six seconds.
    expect(performance.now() - startedAt).toBeLessThan(2000);
    const last = await fixtures.sql(
      'SELECT event_id FROM due_deliveries ORDER BY ordering_number DESC LIMIT 400',
    );
    expect(last.map((row) => row.event_id)).toEqual(events.toReversed());
  });

  it('events that are replayed go in the order of acceptance, before what waits', async () => {
    const replayed = await accept('a', 'a', 'a');
    for (const verdict of [DELIVERED, EXHAUSTED, DELIVERED]) await end(await claim(), verdict);
    const waiting = await accept('a', 'a');
    const { tenantId, db } = fixtures;
    await new OperationRepository(db).startReplay(
      tenantId,
      {
        webhookId,
        from: new Date(Date.now() - 60_000),
        to: new Date(Date.now() + 60_000),
        eventTypes: ['session.completed'],
        packageIds: [],
        dispatchIds: [],
        onlyMissing: false,
      },
      AUTHOR,
    );
    const step = await new OperationSteps(db).next();
    expect(step).toMatchObject({ status: 'completed' });
    expect(await deliverAll()).toEqual([...replayed, ...waiting]);
  });

  it('never makes two of a session go at once nor wait for each other, whatever is retried when', async () => {
    const random = seeded(20_261_122);
    const events = await accept(...Array.from({ length: 30 }, (_, i) => `s${i % 3}`));
    let inFlight: ClaimedDelivery[] = [];
    const done = new Set<string>();
    const ofSession = ({ event: { id } }: ClaimedDelivery) => events.indexOf(id) % 3;
    for (let round = 0; done.size < events.length; round++) {
      expect(round).toBeLessThan(1000);
      inFlight = [...inFlight, ...(await claim())];
      expect(new Set(inFlight.map(ofSession)).size).toBe(inFlight.length);
      const [ended] = inFlight.splice(Math.floor(random() * inFlight.length), 1);
      if (ended) {
        const verdicts = round > 200 ? [DELIVERED] : [DELIVERED, EXHAUSTED, FAILED];
        const verdict = verdicts[Math.floor(random() * verdicts.length)]!;
        await end([ended], verdict);
        if (verdict === DELIVERED) done.add(ended.event.id);
      }
      const again = await fixtures.sql(
        `SELECT event_id FROM deliveries
         WHERE status = 'dead' OR (status = 'delivered' AND $1) ORDER BY random() LIMIT 1`,
        [round < 200],
      );
      if (again[0] && random() < 0.5) await retry(again[0].event_id);
      await fixtures.sql('UPDATE due_deliveries SET due_at = now() WHERE lease_id IS NULL');
    }
  });
});

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
