import { eventTypeNamed } from '@schoolbell/catalogue';
import { toTypeId } from '@schoolbell/ids';
import { type AttemptRecord } from '@schoolbell/delivery';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { validateSync } from 'class-validator';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../support/index.js';
import {
  attemptOf,
  DELIVERED,
  DeliveryFixtures,
  EXHAUSTED,
  FAILED,
  GONE,
} from './delivery-fixtures.js';
import { startPipeline } from './start-pipeline.js';

const OPERATIONAL = ['webhook.paused', 'delivery.dead'];

interface StoredEvent {
  id: string;
  type: string;
  payload: string;
}

describe('what Schoolbell tells about itself', () => {
  let fixtures: DeliveryFixtures;
  beforeAll(async () => {
    fixtures = await DeliveryFixtures.open();
  });
  afterAll(() => fixtures.close());
  beforeEach(() =>
    fixtures.sql(
      'TRUNCATE webhooks, events, deliveries, due_deliveries, attempts, fan_outs CASCADE',
    ),
  );

  const toldEvents = (): Promise<StoredEvent[]> =>
    fixtures.sql('SELECT id, type, payload FROM events WHERE type = ANY ($1) ORDER BY id', [
      OPERATIONAL,
    ]);

  const waitingFor = async (webhookId: string) => {
    await fixtures.fanOut();
    return fixtures.sql(
      `SELECT d.event_id, d.event_type, d.next_attempt_at IS NOT NULL AS due
       FROM deliveries d JOIN due_deliveries USING (webhook_id, event_id)
       WHERE webhook_id = $1 ORDER BY d.id`,
      [webhookId],
    );
  };

  /** Claims what is due and records one attempt for each. */
  const attemptAll = async (
    webhookId: string,
    verdict: AttemptRecord['verdict'],
    changes: Partial<AttemptRecord> = {},
  ) => {
    const claimed = await fixtures.claim(webhookId);
    const report = await fixtures.store.record(
      claimed.map((one) => attemptOf(one, verdict, changes)),
    );
    return { claimed, report };
  };

  it('goes to a webhook with scopes if that lists the type by its name, not if it lists everything', async () => {
    const packageIds = ['pkg_1'];
    const failing = await fixtures.addWebhook({ consecutiveFailures: 4 });
    const listing = await fixtures.addWebhook({
      eventTypes: ['session.completed', 'webhook.paused', 'delivery.dead'],
      packageIds,
    });
    const everything = await fixtures.addWebhook({ eventTypes: ['*'], packageIds });
    await fixtures.addDeliveries(failing, { count: 1 });
    await attemptAll(failing, EXHAUSTED);
    expect((await waitingFor(listing)).map(({ event_type: type }) => type).toSorted()).toEqual([
      'delivery.dead',
      'webhook.paused',
    ]);
    expect(await waitingFor(everything)).toEqual([]);
  });

  it('emits webhook.paused when a webhook is paused, to the webhooks that want it', async () => {
    const failing = await fixtures.addWebhook({ consecutiveFailures: 2 });
    const listener = await fixtures.addWebhook({ eventTypes: ['webhook.paused'] });
    const everything = await fixtures.addWebhook({ eventTypes: ['*'] });
    await fixtures.addWebhook({ eventTypes: ['session.completed'] });
    await fixtures.addDeliveries(failing, { count: 3 });
    const { report } = await attemptAll(failing, FAILED);

    const [event, ...others] = await toldEvents();
    expect(others).toEqual([]);
    expect(event).toMatchObject({ type: 'webhook.paused' });
    expect(event!.payload).toBe(
      `{"webhookId":"${toTypeId('webhook', failing)}","reason":"consecutive_failures",` +
        `"consecutiveFailures":5,"lastError":"No answer within 10 s."}`,
    );
    expect(report.operationalEvents).toBe(true);
    expect((await fixtures.fanOut()).toSorted()).toEqual([listener, everything].toSorted());
    for (const id of [listener, everything]) {
      expect(await waitingFor(id)).toEqual([
        { event_id: event!.id, event_type: 'webhook.paused', due: true },
      ]);
    }
    const [sent] = await fixtures.claim(listener);
    expect(sent!.event).toMatchObject({ id: event!.id, payload: event!.payload });
  });

  it('emits delivery.dead for each dead letter, and for nothing else', async () => {
    const webhook = await fixtures.addWebhook({ autoPauseAfter: 0 });
    const listener = await fixtures.addWebhook({ eventTypes: ['delivery.dead'] });
    await fixtures.addDeliveries(webhook, { count: 4 });
    const claimed = await fixtures.claim(webhook);
    const verdicts = [EXHAUSTED, DELIVERED, FAILED, EXHAUSTED];
    await fixtures.store.record(claimed.map((one, n) => attemptOf(one, verdicts[n]!)));

    const events = await toldEvents();
    const expected = [claimed[0]!, claimed[3]!].map(
      ({ id, event }) =>
        `{"deliveryId":"${toTypeId('delivery', id)}","webhookId":"${toTypeId('webhook', webhook)}",` +
        `"eventId":"${toTypeId('event', event.id)}","eventType":"session.completed","attempts":1,` +
        `"lastError":"No answer within 10 s."}`,
    );
    expect(events.map(({ payload }) => payload).toSorted()).toEqual(expected.toSorted());
    expect(await waitingFor(listener)).toHaveLength(2);
  });

  it('emits both when the receiver answers 410 Gone', async () => {
    const webhook = await fixtures.addWebhook();
    await fixtures.addDeliveries(webhook, {});
    await attemptAll(webhook, GONE);
    const events = await toldEvents();
    expect(events.map(({ type }) => type).toSorted()).toEqual(['delivery.dead', 'webhook.paused']);
    const paused = events.find(({ type }) => type === 'webhook.paused')!;
    expect(JSON.parse(paused.payload)).toMatchObject({ reason: 'gone', consecutiveFailures: 1 });
  });

  it('emits webhook.paused once per pause, also when a hundred attempts fail in one instant', async () => {
    const webhook = await fixtures.addWebhook();
    const listener = await fixtures.addWebhook({ eventTypes: ['webhook.paused'] });
    await fixtures.addDeliveries(webhook, { count: 100 });
    const claimed = await fixtures.claim(webhook);
    await Promise.all(claimed.map((one) => fixtures.store.record([attemptOf(one, FAILED)])));
    expect(await toldEvents()).toHaveLength(1);

    await fixtures.sql(
      `UPDATE webhooks SET status = 'active', consecutive_failures = 0 WHERE id = $1`,
      [webhook],
    );
    await fixtures.sql('UPDATE due_deliveries SET due_at = now()');
    await attemptAll(webhook, FAILED);
    expect(await toldEvents()).toHaveLength(2);
    expect(await waitingFor(listener)).toHaveLength(2);
  });

  it('holds the event for the very webhook that was paused, if it listens to itself', async () => {
    const webhook = await fixtures.addWebhook({ eventTypes: ['*'], autoPauseAfter: 1 });
    await fixtures.addDeliveries(webhook, {});
    await attemptAll(webhook, FAILED);
    const waiting = await waitingFor(webhook);
    expect(waiting.map(({ event_type }) => event_type)).toContain('webhook.paused');
    expect(await fixtures.claim(webhook)).toEqual([]);
  });

  it('emits nothing about a delivery of an operational event that dies', async () => {
    const webhook = await fixtures.addWebhook({ autoPauseAfter: 0, eventTypes: ['*'] });
    for (const eventType of OPERATIONAL) await fixtures.addDeliveries(webhook, { eventType });
    const before = await toldEvents();
    const { claimed } = await attemptAll(webhook, EXHAUSTED);
    expect(claimed).toHaveLength(2);
    expect(await toldEvents()).toEqual(before);
  });

  it('emits nothing about tests, retries and successes', async () => {
    const webhook = await fixtures.addWebhook({ eventTypes: ['*'] });
    await fixtures.addDeliveries(webhook, { test: true });
    await attemptAll(webhook, EXHAUSTED);
    await fixtures.addDeliveries(webhook, { count: 2 });
    const [one, other] = await fixtures.claim(webhook);
    const report = await fixtures.store.record([
      attemptOf(one!, FAILED),
      attemptOf(other!, DELIVERED),
    ]);
    expect(report).toEqual({
      paused: [],
      lost: [],
      setAside: [],
      operationalEvents: false,
      fallbacksBegun: [],
    });
    expect(await toldEvents()).toEqual([]);
  });

  it('stores an event that no webhook wants', async () => {
    const webhook = await fixtures.addWebhook();
    await fixtures.addDeliveries(webhook, {});
    const { report } = await attemptAll(webhook, EXHAUSTED);
    expect(await toldEvents()).toHaveLength(1);
    expect(report.operationalEvents).toBe(true);
    expect(await fixtures.fanOut()).toEqual([]);
    expect(await fixtures.sql('SELECT FROM fan_outs')).toEqual([]);
  });

  it('keeps to the tenant, and to the scopes of a webhook', async () => {
    const stranger = await fixtures.addWebhook({ eventTypes: ['*'] });
    const scoped = await fixtures.addWebhook({ eventTypes: ['*'] });
    const [{ id }] = await fixtures.sql(
      `INSERT INTO tenants (id, name) VALUES (new_uuid_v7(), 'Other') RETURNING id`,
    );
    await fixtures.sql('UPDATE webhooks SET tenant_id = $1 WHERE id = $2', [id, stranger]);
    await fixtures.sql(`UPDATE webhooks SET package_ids = '{pkg_1}' WHERE id = $1`, [scoped]);
    const webhook = await fixtures.addWebhook();
    await fixtures.addDeliveries(webhook, {});
    await attemptAll(webhook, EXHAUSTED);
    expect(await waitingFor(stranger)).toEqual([]);
    expect(await waitingFor(scoped)).toEqual([]);
  });

  it('emits delivery.dead also when the event was pruned before it could be sent', async () => {
    const webhook = await fixtures.addWebhook();
    const listener = await fixtures.addWebhook({ eventTypes: ['delivery.dead'] });
    const [id] = await fixtures.addDeliveries(webhook, {});
    await fixtures.sql('TRUNCATE events');
    const slots = [{ webhookId: webhook, free: 10 }];
    const claim = await fixtures.store.claim({ slots, limit: 10, leaseSeconds: 60 });
    expect(claim).toEqual({
      deliveries: [],
      withMore: [],
      paced: [],
      operationalEvents: true,
      buried: { unsendable: 1 },
    });
    const [event] = await toldEvents();
    expect(JSON.parse(event!.payload)).toMatchObject({
      deliveryId: toTypeId('delivery', id!),
      attempts: 0,
      lastError: expect.stringContaining('pruned'),
    });
    expect(await waitingFor(listener)).toHaveLength(1);
  });

  it.each(['attempts are used up', 'event was pruned'])(
    'is fanned out at once when a delivery dies since its %s, and not for a mere failure',
    async (why) => {
      let told = 0;
      const { store } = fixtures;
      const pipeline = startPipeline({ store, onOperationalEvents: () => void told++ });
      const [failing, dying] = [await fixtures.addWebhook(), await fixtures.addWebhook()];
      await fixtures.sql(`UPDATE webhooks SET url = 'http://127.0.0.1:1/'`);
      await fixtures.addDeliveries(failing);
      await pipeline.onWake([failing]);
      await eventually(async () => {
        expect(await fixtures.sql('SELECT FROM attempts')).toHaveLength(1);
      });
      expect(told).toBe(0);

      await fixtures.addDeliveries(dying);
      await fixtures.sql('UPDATE due_deliveries SET cycle_failures = 5');
      if (why === 'event was pruned') await fixtures.sql('TRUNCATE events');
      await pipeline.onWake([dying]);
      await eventually(() => expect(told).toBe(1));
      expect(await toldEvents()).toHaveLength(1);
    },
  );

  it('tells only what the catalogue allows, whatever went wrong', async () => {
    const message = `"Quotes", a \\, ünïcode, and much more: ${'x'.repeat(3000)}`;
    const error = { code: 'network', message } as const;
    for (const verdict of [EXHAUSTED, GONE, FAILED]) {
      const webhook = await fixtures.addWebhook({ autoPauseAfter: 1 });
      await fixtures.addDeliveries(webhook, {});
      await attemptAll(webhook, verdict, { error });
    }
    const events = await toldEvents();
    expect(events).toHaveLength(5);
    const ajv = new Ajv2020({ strict: false });
    for (const { type, payload } of events) {
      const { schema, dataClass, prepare } = eventTypeNamed(type)!;
      const data = JSON.parse(payload);
      expect(payload).toBe(JSON.stringify(data));
      expect(ajv.validate(schema, data), ajv.errorsText()).toBe(true);
      expect(validateSync(Object.assign(new dataClass(), data))).toEqual([]);
      expect(prepare(data).ok).toBe(true);
    }
  });
});

describe('type_id', () => {
  it('writes ids in SQL as they are written everywhere else', async () => {
    const fixtures = await DeliveryFixtures.open();
    const rows = await fixtures.sql(
      `SELECT id, type_id('evt', id) AS shown FROM (
         SELECT new_uuid_v7() AS id FROM generate_series(1, 50)
         UNION ALL VALUES ('00000000-0000-0000-0000-000000000000'::uuid),
           ('ffffffff-ffff-ffff-ffff-ffffffffffff')) ids`,
    );
    for (const { id, shown } of rows) expect(shown).toBe(toTypeId('event', id));
    await fixtures.close();
  });
});
