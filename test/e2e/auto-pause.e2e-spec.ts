import { describe, expect, it, onTestFinished } from 'vitest';
import { eventually, SharedWorld, startReceiver } from '../support/index.js';

describe('a webhook that keeps failing', () => {
  const world = new SharedWorld();

  it('is paused after five failed attempts in a row; what waits is held, and sent on resume', async () => {
    world.receiver.respondWith(500);
    const webhook = await world.customer.webhook(world.receiver.url, {
      retrySchedule: Array(10).fill(1),
    });
    await world.customer.completes(webhook);
    await world.customer.deliveryIs(webhook, 'held', 15_000);
    expect(await world.customer.status(webhook)).toMatchObject({
      status: 'paused',
      pause: { reason: 'consecutive_failures', lastError: expect.stringContaining('500') },
      consecutiveFailures: 5,
    });
    expect(world.receiver.requests).toHaveLength(5);

    await world.customer.completes(webhook);
    expect(await world.customer.ledger(webhook)).toEqual({ held: 2 });

    world.receiver.respondWith(200);
    const { body } = await world.customer.api.post(`/v1/webhooks/${webhook.id}/resume`);
    expect(body).toMatchObject({ status: 'active', pause: null, consecutiveFailures: 0 });
    await eventually(async () => {
      expect(await world.customer.ledger(webhook)).toEqual({ delivered: 2 });
    });
    expect(world.receiver.requests).toHaveLength(7);
  });

  it('is not paused when a success comes in between', async () => {
    const answers = [500, 500, 500, 500, 200];
    world.receiver.respondWith(() => answers.shift() ?? 500);
    const webhook = await world.customer.webhook(world.receiver.url, {
      retrySchedule: Array(8).fill(1),
    });
    await world.customer.completes(webhook);
    await world.customer.deliveryIs(webhook, 'delivered', 15_000);
    expect(await world.customer.status(webhook)).toMatchObject({
      status: 'active',
      consecutiveFailures: 0,
    });

    await world.customer.completes(webhook);
    await eventually(async () => {
      expect(await world.customer.status(webhook)).toMatchObject({
        status: 'active',
        consecutiveFailures: 1,
      });
    });
  });

  it('is paused once when many attempts fail in the same instant', async () => {
    world.receiver.respondWith({ status: 500, delayMs: 100 });
    const webhook = await world.customer.webhook(world.receiver.url);
    const alarms = await startReceiver();
    onTestFinished(() => alarms.close());
    const told = { events: ['webhook.paused'], scopes: {} };
    const { id: listener } = await world.customer.webhook(alarms.url, told);
    await world.customer.completesTimes(webhook, 40);
    await eventually(async () => {
      expect((await world.customer.status(webhook)).status).toBe('paused');
    });
    await eventually(async () => {
      expect(await world.customer.ledger(webhook)).toEqual({ held: 40 });
    });
    await alarms.waitFor(1);
    const pauses = alarms.requests.filter(({ body }) => body.includes(webhook.id));
    expect(pauses).toHaveLength(1);
    await world.customer.api.delete(`/v1/webhooks/${listener}`);
  });

  it('is never paused when the customer turned that off', async () => {
    world.receiver.respondWith(500);
    const webhook = await world.customer.webhook(world.receiver.url, { autoPauseAfter: 0 });
    await world.customer.completesTimes(webhook, 12);
    await world.receiver.waitFor(12);
    expect(await world.customer.status(webhook)).toMatchObject({ status: 'active' });
  });
});
