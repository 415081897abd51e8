import { fromTypeId, toTypeId } from '@schoolbell/ids';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  apiClient,
  eventually,
  startReceiver,
  joinSchoolbell,
  type ApiClient,
  type Receiver,
  type JoinedSchoolbell,
} from '../support/index.js';
import { addWebhook } from './support/add-webhook.js';

let schoolbell: JoinedSchoolbell;
let receiver: Receiver;
let api: ApiClient;
let packages = 0;

beforeAll(async () => {
  schoolbell = await joinSchoolbell();
  api = apiClient(schoolbell.apiUrl, schoolbell.tenantKey);
});

beforeEach(async () => {
  receiver = await startReceiver();
});

afterEach(() => receiver.close());

/** A webhook and one delivery to it, separate from those of other tests. */
async function deliver(settings: Record<string, unknown> = {}) {
  const packageId = `pkg_${(packages += 1)}`;
  const webhookId = await addWebhook(
    { api },
    { url: receiver.url, scopes: { packageIds: [packageId] }, ...settings },
  );
  const post = async (): Promise<string> => {
    const data = { sessionId: 's', packageId, learnerId: 'l', completionStatus: 'completed' };
    const { body } = await api.post('/v1/events', { type: 'session.completed', data });
    return (await api.get(`/v1/events/${body.id}`)).body.deliveries[0].id;
  };
  return { webhookId, packageId, post, id: await post() };
}

const get = async (id: string) => (await api.get(`/v1/deliveries/${id}`)).body;
const retry = (id: string) => api.post(`/v1/deliveries/${id}/retry`);

const until = (id: string, check: (delivery: any) => boolean) =>
  eventually(async () => {
    const delivery = await get(id);
    return check(delivery) && delivery;
  });

const whenIts = (id: string, status: string, attemptCount: number) =>
  until(id, (one) => one.status === status && one.attemptCount === attemptCount);

describe('retrying by hand', () => {
  it('sends a delivered one again, as the same event with the next attempt number', async () => {
    const { id } = await deliver();
    await whenIts(id, 'delivered', 1);
    const answer = await retry(id);
    expect([answer.status, answer.body.id]).toEqual([202, id]);
    const { attempts } = await whenIts(id, 'delivered', 2);
    expect(attempts.map((one: any) => [one.number, one.trigger, one.outcome])).toEqual([
      [1, 'scheduled', 'delivered'],
      [2, 'manual', 'delivered'],
    ]);
    const [first, second] = receiver.requests;
    expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
    expect(second!.headers['x-schoolbell-attempt']).toBe('2');
    expect(attempts[0].request.body).toBe(first!.body);
    expect(attempts[1].request.body).toBe(second!.body);
  });

  it('starts a new cycle for a dead one, which is then no dead letter any more', async () => {
    receiver.respondWith(500);
    const { id } = await deliver({ retrySchedule: [1], autoPauseAfter: 0 });
    await whenIts(id, 'dead', 2);
    const dead = await api.get('/v1/dead-letters');
    expect(dead.body.data.map((one: any) => one.id)).toContain(id);

    expect((await retry(id)).body).toMatchObject({ status: 'pending' });
    const { attempts } = await whenIts(id, 'dead', 4);
    expect(attempts.map((one: any) => one.trigger)).toEqual([
      'scheduled',
      'scheduled',
      'manual',
      'scheduled',
    ]);
    receiver.respondWith(200);
    await retry(id);
    await whenIts(id, 'delivered', 5);
    const after = await api.get('/v1/dead-letters');
    expect(after.body.data.map((one: any) => one.id)).not.toContain(id);
  });

  it('makes the next attempt of a pending one now, and its schedule goes on', async () => {
    receiver.respondWith(503);
    const { id } = await deliver({ retrySchedule: [3600, 3600], autoPauseAfter: 0 });
    await whenIts(id, 'pending', 1);
    await retry(id);
    await whenIts(id, 'pending', 2);
    await retry(id);
    // The cycle has only two retries: a new cycle would have continued.
    const { attempts } = await whenIts(id, 'dead', 3);
    expect(attempts.map((one: any) => one.trigger)).toEqual(['scheduled', 'manual', 'manual']);
  });

  it('refuses while the webhook is paused, whatever the state', async () => {
    const { id, webhookId, post } = await deliver();
    await whenIts(id, 'delivered', 1);
    await api.post(`/v1/webhooks/${webhookId}/pause`);
    const held = await post();
    for (const one of [id, held]) {
      const answer = await retry(one);
      expect([answer.status, answer.body.code]).toEqual([409, 'webhook_paused']);
    }
    await api.post(`/v1/webhooks/${webhookId}/resume`, { heldDeliveries: 'discard' });
    const discarded = await retry(held);
    expect([discarded.status, discarded.body.code]).toEqual([409, 'delivery_not_retryable']);
    expect(receiver.requests).toHaveLength(1);
  });

  it('leaves an attempt alone that is under way', async () => {
    receiver.respondWith({ status: 200, delayMs: 700 });
    const { id } = await deliver();
    await receiver.waitFor(1);
    const answers = await Promise.all([retry(id), retry(id), retry(id)]);
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    await whenIts(id, 'delivered', 1);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(receiver.requests).toHaveLength(1);
  });

  it('sends once when many ask at the same instant', async () => {
    const { id } = await deliver();
    await whenIts(id, 'delivered', 1);
    receiver.respondWith({ status: 200, delayMs: 1000 });
    const answers = await Promise.all(Array.from({ length: 10 }, () => retry(id)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    await whenIts(id, 'delivered', 2);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(receiver.requests).toHaveLength(2);
  });

  it('says so when the event was pruned, and leaves the delivery as it is', async () => {
    const { id } = await deliver();
    const { eventId } = await whenIts(id, 'delivered', 1);
    await schoolbell.database.query('DELETE FROM events WHERE id = $1', [
      fromTypeId('event', eventId),
    ]);
    const answer = await retry(id);
    expect([answer.status, answer.body.code]).toEqual([409, 'event_pruned']);
    expect(answer.body.detail).toContain('Have it posted again');
    expect(await get(id)).toMatchObject({ status: 'delivered', attemptCount: 1 });
  });

  it('needs deliveries:write', async () => {
    const { body } = await api.post('/v1/api-keys', {
      name: 'reader',
      permissions: ['deliveries:read'],
    });
    const { id } = await deliver();
    const reader = apiClient(schoolbell.apiUrl, body.key);
    expect((await reader.post(`/v1/deliveries/${id}/retry`)).status).toBe(403);
    expect((await reader.get(`/v1/deliveries/${id}`)).status).toBe(200);
  });

  it('is in the audit log with the key and the request that it was', async () => {
    const { id } = await deliver();
    await whenIts(id, 'delivered', 1);
    const { headers } = await retry(id);
    const entries = await schoolbell.database.query(
      `SELECT a.action, a.actor_kind, a.actor_id, a.actor_name, a.address, a.request_id, k.id AS key
       FROM audit_log a, api_keys k WHERE a.resource_id = $1 AND k.tenant_id = $2 AND k.name = 'test'`,
      [id, schoolbell.tenantUuid],
    );
    expect(entries).toEqual([
      {
        action: 'delivery.retried',
        actor_kind: 'api_key',
        actor_id: toTypeId('apiKey', String(entries[0]!['key'])),
        actor_name: 'test',
        address: '127.0.0.1',
        request_id: headers.get('x-request-id'),
        key: expect.any(String),
      },
    ]);
  });

  it('does not know an id that never was', async () => {
    const id = toTypeId('delivery', '01900000-0000-7000-8000-000000000000');
    expect((await retry(id)).status).toBe(404);
  });
});

describe('an attempt in the log', () => {
  it('shows request, answer and timings', async () => {
    receiver.respondWith({ status: 404, headers: { 'X-Trace': 'abc' }, body: 'nobody here' });
    const { id } = await deliver({
      retrySchedule: [3600],
      authentication: { type: 'bearer', token: 'very-secret-token' },
    });
    const { attempts } = await whenIts(id, 'pending', 1);
    expect(attempts).toEqual([
      {
        id: expect.stringMatching(/^att_/),
        traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
        number: 1,
        batch: null,
        trigger: 'scheduled',
        outcome: 'failed',
        at: expect.any(String),
        url: receiver.url,
        format: 'allureconnect',
        request: { headers: expect.any(Object), body: receiver.requests[0]!.body },
        response: {
          status: 404,
          headers: expect.objectContaining({ 'x-trace': 'abc' }),
          body: 'nobody here',
          truncated: false,
        },
        error: { code: 'http_status', message: expect.stringContaining('404') },
        timings: {
          dnsMs: null,
          connectMs: expect.any(Number),
          tlsMs: null,
          firstByteMs: expect.any(Number),
          totalMs: expect.any(Number),
        },
      },
    ]);
    expect(JSON.stringify(attempts)).not.toContain('very-secret-token');
    expect(attempts[0].request.headers).toMatchObject({
      'Content-Type': 'application/json',
      'X-Schoolbell-Delivery': id,
    });
  });
});
