import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  Customer,
  startReceiver,
  startSchoolbell,
  type OwnWebhook,
  type Receiver,
  type Schoolbell,
} from '../support/index.js';

describe('a webhook that listens to what Schoolbell tells about itself', () => {
  let schoolbell: Schoolbell;
  let customer: Customer;
  let receiver: Receiver;
  let alarms: Receiver;
  let listener: OwnWebhook;

  beforeAll(async () => {
    schoolbell = await startSchoolbell({ env: { SWEEP_INTERVAL_MS: '60000' } });
    customer = new Customer(schoolbell);
    return () => schoolbell.stop();
  });
  beforeEach(async () => {
    receiver = await startReceiver();
    alarms = await startReceiver();
    listener = await customer.webhook(alarms.url, {
      events: ['webhook.paused', 'delivery.dead'],
      scopes: {},
    });
    return async () => {
      await customer.api.delete(`/v1/webhooks/${listener.id}`);
      await Promise.all([receiver.close(), alarms.close()]);
    };
  });

  it('gets webhook.paused, once per pause, also when many attempts fail in the same instant', async () => {
    receiver.respondWith({ status: 500, delayMs: 100 });
    const webhook = await customer.webhook(receiver.url);
    await customer.completesTimes(webhook, 20);
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
    expect(await customer.ledger(webhook)).toEqual({ held: 20 });
    expect(alarms.requests).toHaveLength(1);

    receiver.respondWith(500);
    await customer.api.post(`/v1/webhooks/${webhook.id}/resume`);
    await customer.completesTimes(webhook, 5);
    await alarms.waitFor(2);
  });

  it('gets delivery.dead with the id of the dead letter when the schedule is exhausted', async () => {
    receiver.respondWith(503);
    const webhook = await customer.webhook(receiver.url, { retrySchedule: [1], autoPauseAfter: 0 });
    const eventId = await customer.completes(webhook);
    const [request] = await alarms.waitFor(1);
    const dead = await customer.delivery(webhook);
    expect(dead.status).toBe('dead');
    expect(JSON.parse(request!.body)).toMatchObject({
      type: 'delivery.dead',
      data: { deliveryId: dead.id, webhookId: webhook.id, eventId, attempts: 2 },
    });
  });

  it('gets both when a receiver answers 410 Gone', async () => {
    receiver.respondWith(410);
    const webhook = await customer.webhook(receiver.url);
    await customer.completes(webhook);
    const requests = await alarms.waitFor(2);
    const told = requests.map(({ body }) => JSON.parse(body));
    expect(told.map(({ type }) => type).toSorted()).toEqual(['delivery.dead', 'webhook.paused']);
    for (const { data } of told) expect(data.webhookId).toBe(webhook.id);
  });

  it('gets nothing about a delivery of an operational event that dies', async () => {
    receiver.respondWith(500);
    const failing = {
      events: ['delivery.dead'],
      scopes: {},
      autoPauseAfter: 0,
      retrySchedule: [1],
    };
    const deaf = await customer.webhook(receiver.url, failing);
    const webhook = await customer.webhook(receiver.url, { retrySchedule: [1], autoPauseAfter: 0 });
    await customer.completes(webhook);
    await customer.deliveryIs(deaf, 'dead', 15_000);
    expect(alarms.requests).toHaveLength(1);
    await customer.api.delete(`/v1/webhooks/${deaf.id}`);
  });
});
