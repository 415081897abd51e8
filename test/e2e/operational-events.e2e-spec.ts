import { beforeEach, describe, expect, it } from 'vitest';
import {
  Customer,
  seedTenant,
  startReceiver,
  World,
  type OwnWebhook,
  type Receiver,
} from '../support/index.js';
import { startAnotherApi } from './support/start-api.js';

const world = new World({ env: { SWEEP_INTERVAL_MS: '60000' } });

describe('a webhook that listens to what Schoolbell tells about itself', () => {
  let alarms: Receiver;
  let listener: OwnWebhook;
  beforeEach(async () => {
    alarms = await startReceiver();
    listener = await world.customer.webhook(alarms.url, {
      events: ['webhook.paused', 'delivery.dead'],
      scopes: {},
    });
    return async () => {
      await world.customer.api.delete(`/v1/webhooks/${listener.id}`);
      await alarms.close();
    };
  });

  it('gets webhook.paused, once per pause, also when many attempts fail in the same instant', async () => {
    world.receiver.respondWith({ status: 500, delayMs: 100 });
    const webhook = await world.customer.webhook(world.receiver.url);
    await world.customer.completesTimes(webhook, 20);
    const [request] = await alarms.waitFor(1);
    expect(JSON.parse(request!.body)).toMatchObject({
      type: 'webhook.paused',
      data: {
        webhookId: webhook.id,
        reason: 'consecutive_failures',
        lastError: expect.stringContaining('500'),
      },
    });
    expect(request!.headers).toMatchObject({ 'x-schoolbell-event': 'webhook.paused' });
    expect(await world.customer.ledger(webhook)).toEqual({ held: 20 });
    expect(alarms.requests).toHaveLength(1);

    world.receiver.respondWith(500);
    await world.customer.api.post(`/v1/webhooks/${webhook.id}/resume`);
    await world.customer.completesTimes(webhook, 5);
    await alarms.waitFor(2);
  });

  it('gets delivery.dead with the id of the dead letter when the schedule is exhausted', async () => {
    world.receiver.respondWith(503);
    const webhook = await world.customer.webhook(world.receiver.url, {
      retrySchedule: [1],
      autoPauseAfter: 0,
    });
    const eventId = await world.customer.completes(webhook);
    const [request] = await alarms.waitFor(1);
    const dead = await world.customer.delivery(webhook);
    expect(dead.status).toBe('dead');
    expect(JSON.parse(request!.body)).toMatchObject({
      type: 'delivery.dead',
      data: { deliveryId: dead.id, webhookId: webhook.id, eventId, attempts: 2 },
    });
  });

  it('gets both when a receiver answers 410 Gone', async () => {
    world.receiver.respondWith(410);
    const webhook = await world.customer.webhook(world.receiver.url);
    await world.customer.completes(webhook);
    const requests = await alarms.waitFor(2);
    const told = requests.map(({ body }) => JSON.parse(body));
    expect(told.map(({ type }) => type).toSorted()).toEqual(['delivery.dead', 'webhook.paused']);
    for (const { data } of told) expect(data.webhookId).toBe(webhook.id);
  });

  it('gets nothing about a delivery of an operational event that dies', async () => {
    world.receiver.respondWith(500);
    const failing = {
      events: ['delivery.dead'],
      scopes: {},
      autoPauseAfter: 0,
      retrySchedule: [1],
    };
    const deaf = await world.customer.webhook(world.receiver.url, failing);
    const webhook = await world.customer.webhook(world.receiver.url, {
      retrySchedule: [1],
      autoPauseAfter: 0,
    });
    await world.customer.completes(webhook);
    await world.customer.deliveryIs(deaf, 'dead', 15_000);
    expect(alarms.requests).toHaveLength(1);
    await world.customer.api.delete(`/v1/webhooks/${deaf.id}`);
  });
});

describe('a tenant whose plan has a limit of launches', () => {
  const LIMIT = 100;

  it('is told of 80 % and 100 %, once each, while two APIs accept and its dispatcher is killed', async () => {
    const { schoolbell, receiver } = world;
    const [dispatcher] = schoolbell.dispatchers;
    const tenant = { ...schoolbell, ...(await seedTenant(schoolbell.database)) };
    const other = await startAnotherApi(schoolbell);
    const customers = [new Customer(tenant), new Customer({ ...tenant, apiUrl: other.url })];
    const [customer] = customers as [Customer];
    await customer.gets({ monthlyLaunchLimit: LIMIT, notificationEmails: ['owner@example.com'] });
    await customer.webhook(receiver.url, { events: ['usage.threshold'] });

    const launches = async (flush: number) => {
      const events = Array.from({ length: 10 }, (_, n) => ({
        type: 'session.launched',
        data: { sessionId: `ses_${n}`, packageId: 'pkg_1', learnerId: 'lrn_1' },
        ...(n > 0 && { idempotencyKey: `launch-${flush}-${n}` }),
      }));
      const posts = customers.map(({ api }) => api.post('/v1/events/batch', { events }));
      for (const { status } of await Promise.all(posts)) expect(status).toBe(202);
    };
    // In each flush, nine launches are the same at both APIs, and two differ.
    for (let flush = 0; flush < 12; flush++) {
      if (flush === 4) await dispatcher!.kill();
      if (flush === 8) dispatcher!.restart();
      await launches(flush);
      const { body } = await customer.api.get('/v1/usage');
      expect(body).toMatchObject({ launches: 11 * (flush + 1), limit: LIMIT });
    }

    // The dispatcher is still starting.
    const requests = await receiver.waitFor(2, 30_000);
    const told = requests.map(({ body }) => JSON.parse(body).data);
    expect(told.map(({ percent }) => percent).toSorted()).toEqual([100, 80]);
    const { body: usage } = await customer.api.get('/v1/usage');
    expect(usage).toMatchObject({ launches: 132, percent: 132, events: 132, deliveries: 2 });
    for (const data of told) {
      expect(data).toMatchObject({ period: usage.month, limit: LIMIT });
      expect(data.launches).toBeGreaterThanOrEqual((LIMIT * data.percent) / 100);
    }
    const { body: mails } = await customer.api.get('/v1/mails');
    expect(mails.data).toMatchObject([
      {
        kind: 'usage.threshold',
        to: 'owner@example.com',
        subject: expect.stringContaining('100 %'),
      },
      {
        kind: 'usage.threshold',
        to: 'owner@example.com',
        subject: expect.stringContaining('80 %'),
      },
    ]);
    const { body: events } = await customer.api.get('/v1/events?type=usage.threshold');
    expect(events.data).toHaveLength(2);

    const scoped = await customer.webhook(receiver.url, { events: ['usage.threshold'] });
    const lately = { from: `${usage.month}-01T00:00:00Z`, to: new Date().toISOString() };
    const { body: replay } = await customer.api.post(`/v1/webhooks/${scoped.id}/replay`, lately);
    expect(await customer.ended(replay.id)).toMatchObject({ status: 'completed', done: 2 });
    await other.stop();
  });
});
