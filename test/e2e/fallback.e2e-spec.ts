import { beforeEach, describe, expect, it } from 'vitest';
import { SharedWorld, startReceiver, type OwnWebhook, type Receiver } from '../support/index.js';

describe('a webhook with a fallbackUrl', () => {
  const world = new SharedWorld();
  let fallback: Receiver;
  beforeEach(async () => {
    fallback = await startReceiver();
    world.receiver.respondWith(500);
    return () => fallback.close();
  });

  const webhookWithFallback = (settings: Record<string, unknown> = {}): Promise<OwnWebhook> =>
    world.customer.webhook(world.receiver.url, {
      fallbackUrl: fallback.url,
      retrySchedule: [1],
      autoPauseAfter: 0,
      ...settings,
    });

  it('gets a delivery that dies there too, signed with the same secret; it stays a dead letter that says so', async () => {
    const webhook = await webhookWithFallback();
    const eventId = await world.customer.completes(webhook);
    const delivery = await world.customer.fallbackIs(webhook, 'delivered');
    expect(delivery).toMatchObject({
      status: 'dead',
      attemptCount: 3,
      lastAttempt: { responseStatus: 500 },
      fallback: { lastAttempt: { responseStatus: 200, errorCode: null } },
    });
    expect(delivery.attempts).toMatchObject([
      { number: 1, trigger: 'scheduled', outcome: 'failed' },
      { number: 2, trigger: 'scheduled', outcome: 'failed' },
      { number: 3, trigger: 'fallback', outcome: 'delivered', url: fallback.url },
    ]);
    const [request] = fallback.requests;
    expect(fallback.requests).toHaveLength(1);
    expect(request!.body).toBe(world.receiver.requests[0]!.body);
    expect(request!.headers).toMatchObject({ 'webhook-id': eventId, 'x-schoolbell-attempt': '3' });
    const { Webhook } = await import('standardwebhooks');
    new Webhook(webhook.secret).verify(request!.body, request!.headers as Record<string, string>);
    const { body } = await world.customer.api.get(`/v1/dead-letters?webhookId=${webhook.id}`);
    expect(body.data).toMatchObject([{ id: delivery.id, fallback: { status: 'delivered' } }]);
  });

  it('gets one cycle there, by its retry schedule, which never counts for the automatic pause', async () => {
    fallback.respondWith(410);
    const webhook = await webhookWithFallback({ autoPauseAfter: 3 });
    await world.customer.completes(webhook);
    await world.customer.fallbackIs(webhook, 'dead');
    expect(fallback.requests).toHaveLength(1);

    fallback.respondWith(503);
    const other = await webhookWithFallback({ autoPauseAfter: 3 });
    await world.customer.completes(other);
    const delivery = await world.customer.fallbackIs(other, 'dead');
    expect(fallback.requests).toHaveLength(3);
    expect(delivery.fallback?.lastAttempt).toMatchObject({ responseStatus: 503 });
    for (const one of [webhook, other]) {
      expect(await world.customer.status(one)).toMatchObject({
        status: 'active',
        consecutiveFailures: 2,
      });
    }
  });

  it('gets it also while it is paused', async () => {
    world.receiver.respondWith(410);
    const webhook = await webhookWithFallback();
    fallback.respondWith(() => (fallback.requests.length > 1 ? 200 : 500));
    await world.customer.completes(webhook);
    await world.customer.fallbackIs(webhook, 'delivered');
    expect(await world.customer.status(webhook)).toMatchObject({ status: 'paused' });
    expect(fallback.requests).toHaveLength(2);
  });

  it('gets no more there once the dead letter is retried by hand', async () => {
    fallback.respondWith(500);
    const webhook = await webhookWithFallback({ retrySchedule: [2] });
    await world.customer.completes(webhook);
    await fallback.waitFor(1, 15_000);
    world.receiver.respondWith(200);
    const { id } = await world.customer.delivery(webhook);
    await world.customer.api.post(`/v1/deliveries/${id}/retry`);
    await world.customer.deliveryIs(webhook, 'delivered');
    await world.customer.fallbackIs(webhook, 'discarded');
    expect(fallback.requests).toHaveLength(1);
  });
});
