import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Webhook } from 'standardwebhooks';
import {
  apiClient,
  eventually,
  joinSchoolbell,
  type ApiClient,
  type Receiver,
  type JoinedSchoolbell,
  startReceiver,
} from '../support/index.js';
import { addWebhook } from './support/add-webhook.js';
import { type ApiUnderTest, startApi } from './support/start-api.js';

let schoolbell: JoinedSchoolbell;
let receiver: Receiver;
let api: ApiClient;

beforeAll(async () => {
  [schoolbell, receiver] = await Promise.all([joinSchoolbell(), startReceiver()]);
  api = apiClient(schoolbell.apiUrl, schoolbell.tenantKey);
});
afterAll(() => receiver.close());

const register = async (settings: object = {}) =>
  (await api.post('/v1/webhooks', { url: receiver.url, events: ['session.scored'], ...settings }))
    .body;

describe('a test of a webhook', () => {
  it('is a real, signed request with the example of its first event type', async () => {
    const { id, secret } = await register();
    const { status, body } = await api.post(`/v1/webhooks/${id}/test`);
    expect(status).toBe(200);
    expect(body.delivery).toMatchObject({
      webhookId: id,
      eventType: 'session.scored',
      status: 'delivered',
      test: true,
      attemptCount: 1,
    });
    expect(body.attempt).toMatchObject({ number: 1, trigger: 'test', outcome: 'delivered' });
    const request = receiver.requests.at(-1)!;
    expect(request.headers['x-schoolbell-test']).toBe('true');
    expect(request.body.toString()).toBe(body.attempt.request.body);
    const verified = new Webhook(secret).verify(request.body.toString(), request.headers as any);
    expect(verified).toMatchObject({ type: 'session.scored' });
  });

  it('sends the type that was asked for, also while the webhook is paused', async () => {
    const { id } = await register({ status: 'paused' });
    const { body } = await api.post(`/v1/webhooks/${id}/test`, { type: 'package.updated' });
    expect(body.delivery).toMatchObject({ eventType: 'package.updated', status: 'delivered' });
    expect((await api.get(`/v1/webhooks/${id}`)).body.status).toBe('paused');
  });

  it('that fails says why, is not retried, not counted, and in no dead-letter queue', async () => {
    receiver.respondWith(() => ({ status: 500, body: 'no thanks' }));
    const { id } = await register({ autoPauseAfter: 1 });
    const { status, body } = await api.post(`/v1/webhooks/${id}/test`);
    receiver.respondWith(() => ({ status: 204 }));
    expect(status).toBe(200);
    expect(body.delivery).toMatchObject({ status: 'dead', nextAttemptAt: null });
    expect(body.attempt).toMatchObject({
      outcome: 'failed',
      response: { status: 500, body: 'no thanks' },
      error: { code: 'http_status' },
    });
    expect((await api.get(`/v1/webhooks/${id}`)).body).toMatchObject({
      status: 'active',
      consecutiveFailures: 0,
    });
    expect((await api.get(`/v1/dead-letters?webhookId=${id}`)).body.data).toEqual([]);
  });

  it('shows in the delivery log, and its event in no list of events', async () => {
    const { id } = await register();
    const { body } = await api.post(`/v1/webhooks/${id}/test`);
    const log = (await api.get(`/v1/webhooks/${id}/deliveries`)).body.data;
    expect(log).toEqual([body.delivery]);
    const events = (await api.get('/v1/events')).body.data.map((event: any) => event.id);
    expect(events).not.toContain(body.delivery.eventId);
  });

  it.each([[{ type: 'session.exploded' }], [{ type: '*' }], [{ type: null }], [{ when: 'now' }]])(
    'is refused for %j',
    async (request) => {
      const { id } = await register();
      expect((await api.post(`/v1/webhooks/${id}/test`, request)).status).toBe(422);
    },
  );
});

describe('a test of a webhook that no dispatcher sends', () => {
  let running: ApiUnderTest;
  let api: ApiClient;
  beforeAll(async () => {
    running = await startApi();
    ({ api } = await running.addTenant());
    return () => running.stop();
  });

  it('ends with its webhook when that is deleted meanwhile', async () => {
    const id = await addWebhook({ api }, { timeoutSeconds: 30 });
    const test = api.post(`/v1/webhooks/${id}/test`);
    await eventually(async () => {
      const { body } = await api.get(`/v1/webhooks/${id}/deliveries`);
      expect(body.data).toHaveLength(1);
    });
    expect((await api.delete(`/v1/webhooks/${id}`)).status).toBe(204);
    const { status, body } = await test;
    expect([status, body.code]).toEqual([404, 'not_found']);
  });

  it('says so', async () => {
    const id = await addWebhook({ api }, { timeoutSeconds: 1 });
    const { status, body } = await api.post(`/v1/webhooks/${id}/test`);
    expect(status).toBe(504);
    expect(body.code).toBe('dispatcher_unavailable');
    expect(body.detail).toMatch(/dlv_/);
  });
});
