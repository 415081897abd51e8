import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  Customer,
  eventually,
  startReceiver,
  startSchoolbell,
  type Receiver,
  type Schoolbell,
} from '../support/index.js';

describe('a webhook that keeps failing', () => {
  let schoolbell: Schoolbell;
  let customer: Customer;
  let receiver: Receiver;

  beforeAll(async () => {
    schoolbell = await startSchoolbell();
    customer = new Customer(schoolbell);
    return () => schoolbell.stop();
  });
  beforeEach(async () => {
    receiver = await startReceiver();
    return () => receiver.close();
  });

  it('is paused after five failed attempts in a row; what waits is held, and sent on resume', async () => {
    receiver.respondWith(500);
    const webhook = await customer.webhook(receiver.url, { retrySchedule: Array(10).fill(1) });
    await customer.completes(webhook);
    await customer.deliveryIs(webhook, 'held', 15_000);
    expect(await customer.status(webhook)).toMatchObject({
      status: 'paused',
      pause: { reason: 'consecutive_failures', lastError: expect.stringContaining('500') },
      consecutiveFailures: 5,
    });
    expect(receiver.requests).toHaveLength(5);

    await customer.completes(webhook);
    expect(await customer.ledger(webhook)).toEqual({ held: 2 });

    receiver.respondWith(200);
    const { body } = await customer.api.post(`/v1/webhooks/${webhook.id}/resume`);
    expect(body).toMatchObject({ status: 'active', pause: null, consecutiveFailures: 0 });
    await eventually(async () => {
      expect(await customer.ledger(webhook)).toEqual({ delivered: 2 });
    });
    expect(receiver.requests).toHaveLength(7);
  });

  it('is not paused when a success comes in between', async () => {
    const answers = [500, 500, 500, 500, 200];
    receiver.respondWith(() => answers.shift() ?? 500);
    const webhook = await customer.webhook(receiver.url, { retrySchedule: Array(8).fill(1) });
    await customer.completes(webhook);
    await customer.deliveryIs(webhook, 'delivered', 15_000);
    expect(await customer.status(webhook)).toMatchObject({
      status: 'active',
      consecutiveFailures: 0,
    });

    await customer.completes(webhook);
    await eventually(async () => {
      expect(await customer.status(webhook)).toMatchObject({
        status: 'active',
        consecutiveFailures: 1,
      });
    });
  });

  it('is paused once when many attempts fail in the same instant', async () => {
    receiver.respondWith({ status: 500, delayMs: 100 });
    const webhook = await customer.webhook(receiver.url);
    await customer.completesTimes(webhook, 40);
    await eventually(async () => {
      expect((await customer.status(webhook)).status).toBe('paused');
    });
    await eventually(async () => {
      expect(await customer.ledger(webhook)).toEqual({ held: 40 });
    });
    const pauses = () =>
      schoolbell.dispatchers[0]!.logLines.filter(
        (line) => line['msg'] === 'webhook.paused' && line['webhookId'] === webhook.id,
      );
    await eventually(() => expect(pauses()).toHaveLength(1));
  });

  it('is never paused when the customer turned that off', async () => {
    receiver.respondWith(500);
    const webhook = await customer.webhook(receiver.url, { autoPauseAfter: 0 });
    await customer.completesTimes(webhook, 12);
    await receiver.waitFor(12);
    expect(await customer.status(webhook)).toMatchObject({ status: 'active' });
  });
});
