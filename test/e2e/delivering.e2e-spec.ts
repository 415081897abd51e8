import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import {
  Customer,
  describeOnEachQueue,
  eventually,
  redisFor,
  startReceiver,
  startSchoolbell,
  type Receiver,
  type Schoolbell,
  type TestRedis,
} from '../support/index.js';

describeOnEachQueue('an accepted event', (backend) => {
  let redis: TestRedis | undefined;
  let schoolbell: Schoolbell;
  let customer: Customer;
  let receiver: Receiver;

  beforeAll(async () => {
    redis = await redisFor(backend);
    // A sweep could hide that wakes do not work.
    const env = { SWEEP_INTERVAL_MS: '60000' };
    schoolbell = await startSchoolbell({ redisUrl: redis?.url, env });
    customer = new Customer(schoolbell);
    return async () => {
      await schoolbell.stop();
      await redis?.stop();
    };
  });
  beforeEach(async () => {
    receiver = await startReceiver();
    return () => receiver.close();
  });

  it('reaches its receiver within two seconds, signed so that it can be verified', async () => {
    const webhook = await customer.webhook(receiver.url);
    const eventId = await customer.completes(webhook);
    const [request] = await receiver.waitFor(1, 2000);

    expect(request!.headers).toMatchObject({
      'webhook-id': eventId,
      'x-schoolbell-event': 'session.completed',
      'x-schoolbell-attempt': '1',
    });
    const headers = request!.headers as Record<string, string>;
    expect(new Webhook(webhook.secret).verify(request!.rawBody, headers)).toMatchObject({
      id: eventId,
      data: { packageId: webhook.packageId },
    });
    const hex = createHmac('sha256', webhook.secret).update(request!.rawBody).digest('hex');
    expect(headers['x-allureconnect-signature']).toBe(hex);

    const delivery = await customer.deliveryIs(webhook, 'delivered');
    expect(delivery.attempts).toHaveLength(1);
    expect(delivery.attempts[0]).toMatchObject({
      number: 1,
      trigger: 'scheduled',
      outcome: 'delivered',
      response: { status: 200 },
      error: null,
    });
  });

  it('is tried again by the schedule until it arrives: the same id and bytes, a higher number', async () => {
    const answers = [500, 500, 200];
    receiver.respondWith(() => answers.shift() ?? 200);
    const webhook = await customer.webhook(receiver.url, { retrySchedule: [1, 2, 60] });
    const eventId = await customer.completes(webhook);
    const requests = await receiver.waitFor(3, 10_000);

    expect(requests.map(({ headers }) => headers['webhook-id'])).toEqual(Array(3).fill(eventId));
    expect(requests.map(({ headers }) => headers['x-schoolbell-attempt'])).toEqual(['1', '2', '3']);
    for (const { rawBody } of requests) expect(rawBody.equals(requests[0]!.rawBody)).toBe(true);
    const [first, second, third] = requests.map(({ at }) => at) as [number, number, number];
    expect(second - first).toBeGreaterThanOrEqual(1000);
    expect(second - first).toBeLessThan(4000);
    expect(third - second).toBeGreaterThanOrEqual(2000);
    expect(third - second).toBeLessThan(5000);

    const { attempts } = await customer.deliveryIs(webhook, 'delivered');
    expect(attempts.map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'delivered']);
    expect((await customer.status(webhook)).consecutiveFailures).toBe(0);
  });

  it('reaches every webhook that wants it once, also when hundreds come at the same time', async () => {
    const webhook = await customer.webhook(receiver.url);
    const scopes = { packageIds: [webhook.packageId] };
    const other = await customer.webhook(receiver.url, { scopes });
    const eventIds = await customer.completesTimes(webhook, 150);

    await receiver.waitFor(300, 10_000);
    const received = receiver.requests.map(({ headers }) => headers['webhook-id']);
    expect(received).toHaveLength(300);
    expect(new Set(received)).toEqual(new Set(eventIds));
    await eventually(async () => {
      expect(await customer.ledger(webhook)).toEqual({ delivered: 150 });
      expect(await customer.ledger(other)).toEqual({ delivered: 150 });
    });
    expect(receiver.requests).toHaveLength(300);
  });

  it('is held while its webhook is paused, and released on resume', async () => {
    const webhook = await customer.webhook(receiver.url);
    await customer.api.post(`/v1/webhooks/${webhook.id}/pause`);
    await customer.completesTimes(webhook, 3);
    expect(await customer.ledger(webhook)).toEqual({ held: 3 });
    expect(receiver.requests).toHaveLength(0);

    await customer.api.post(`/v1/webhooks/${webhook.id}/resume`);
    await receiver.waitFor(3, 3000);
    await eventually(async () => {
      expect(await customer.ledger(webhook)).toEqual({ delivered: 3 });
    });
  });

  it('has one wide line in the log for each attempt, without secrets, whatever its outcome', async () => {
    const answers = [500, 200];
    receiver.respondWith(() => answers.shift()!);
    const webhook = await customer.webhook(receiver.url, { retrySchedule: [1] });
    const eventId = await customer.completes(webhook);
    const { id } = await customer.deliveryIs(webhook, 'delivered');
    const [dispatcher] = schoolbell.dispatchers;
    const linesOfAttempts = () =>
      dispatcher!.logLines.filter(
        (line) => line['msg'] === 'delivery.attempted' && line['eventId'] === eventId,
      );
    await eventually(() => linesOfAttempts().length > 1);
    const both = { deliveryId: id, webhookId: webhook.id, totalMs: expect.any(Number) };
    expect(linesOfAttempts()).toMatchObject([
      { ...both, attempt: 1, outcome: 'failed', responseStatus: 500, errorCode: 'http_status' },
      { ...both, attempt: 2, outcome: 'delivered', responseStatus: 200, errorCode: null },
    ]);
    expect(dispatcher!.logs).not.toContain(webhook.secret);
  });
});
