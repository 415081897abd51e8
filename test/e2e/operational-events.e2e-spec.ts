import { beforeEach, describe, expect, it } from 'vitest';
import { startReceiver, World, type OwnWebhook, type Receiver } from '../support/index.js';

describe('a webhook that listens to what Schoolbell tells about itself', () => {
  const world = new World({ env: { SWEEP_INTERVAL_MS: '60000' } });
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
