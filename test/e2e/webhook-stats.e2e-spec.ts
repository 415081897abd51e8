import { toTypeId, uuidV7 } from '@schoolbell/ids';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  Customer,
  eventually,
  startReceiver,
  joinSchoolbell,
  type Receiver,
  type JoinedSchoolbell,
} from '../support/index.js';

let schoolbell: JoinedSchoolbell;
let receiver: Receiver;
let customer: Customer;
beforeAll(async () => {
  [schoolbell, receiver] = await Promise.all([joinSchoolbell(), startReceiver()]);
  customer = new Customer(schoolbell);
});
afterAll(() => receiver.close());

it('a customer sees how a webhook is doing: attempts by outcome, success rate, response times', async () => {
  const webhook = await customer.webhook(receiver.url, { retrySchedule: [1] });
  let answers = 0;
  receiver.respondWith(() => ({ status: answers++ === 0 ? 500 : 200 }));
  await customer.completes(webhook);
  await customer.deliveryIs(webhook, 'delivered');
  await customer.api.post(`/v1/webhooks/${webhook.id}/test`, {});
  for (const [query, hours] of [
    ['', 25],
    ['?window=1h', 2],
    ['?window=7d', 169],
  ] as const) {
    const { status, body } = await customer.api.get(`/v1/webhooks/${webhook.id}/stats${query}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      webhookId: webhook.id,
      outcomes: { delivered: 1, failed: 1, interrupted: 0 },
      successRate: 0.5,
      responseTimeMs: { p50: expect.any(Number), p99: expect.any(Number) },
    });
    expect(body.series).toHaveLength(hours);
    expect(body.from).toBe(body.series[0].at);
  }
});

it('a customer sees how many deliveries wait for a webhook, also those that are held', async () => {
  const webhook = await customer.webhook(receiver.url);
  await customer.api.post(`/v1/webhooks/${webhook.id}/pause`);
  await customer.completesTimes(webhook, 3);
  const waiting = async () =>
    (await customer.api.get(`/v1/webhooks/${webhook.id}/stats`)).body.backlog;
  await eventually(async () => expect(await waiting()).toBe(3));
  await customer.api.post(`/v1/webhooks/${webhook.id}/resume`, { heldDeliveries: 'discard' });
  await eventually(async () => expect(await waiting()).toBe(0));
});

it('a window that does not exist is refused, and an unknown webhook not found', async () => {
  const webhook = await customer.webhook(receiver.url);
  const asked = await customer.api.get(`/v1/webhooks/${webhook.id}/stats?window=2h`);
  expect(asked).toMatchObject({ status: 422, body: { errors: [{ path: 'window' }] } });
  const unknown = toTypeId('webhook', uuidV7());
  expect((await customer.api.get(`/v1/webhooks/${unknown}/stats`)).status).toBe(404);
});
