import { fromTypeId, toTypeId, uuidV7 } from '@schoolbell/ids';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  apiClient,
  eventually,
  seedKey,
  seedTenant,
  SharedWorld,
  type OwnWebhook,
} from '../support/index.js';
import { addDeadLetters } from './support/dead-letters.js';

const world = new SharedWorld();
let webhook: OwnWebhook;

beforeEach(async () => {
  webhook = await world.customer.webhook(world.receiver.url);
});

/** Sending hundreds of deliveries takes seconds on a busy machine. */
const PATIENT = { timeoutMs: 25_000, intervalMs: 100 };

const die = (count: number, settings = {}, of = webhook) =>
  addDeadLetters(world.schoolbell.database, of.id, count, settings);

const post = (path: string, body: object) =>
  world.customer.api.post(`/v1/dead-letters/${path}`, body);

const start = async (path: 'retry' | 'discard', body: object) => {
  const answer = await post(path, body);
  expect(answer.status).toBe(202);
  return world.customer.ended(answer.body.id);
};

describe('a bulk retry', () => {
  it('sends all that match again, as a new cycle by hand, and says how far it is', async () => {
    await die(700);
    const { status, body } = await post('retry', { webhookId: webhook.id });
    expect(status).toBe(202);
    expect(body).toEqual({
      id: expect.stringMatching(/^op_/),
      kind: 'retry',
      status: 'running',
      total: 700,
      done: 0,
      failed: 0,
      createdAt: expect.any(String),
      finishedAt: null,
    });
    const end = await world.customer.ended(body.id);
    expect(end).toEqual({
      ...body,
      status: 'completed',
      done: 700,
      finishedAt: expect.any(String),
    });
    await eventually(
      async () => expect(await world.customer.ledger(webhook)).toEqual({ delivered: 700 }),
      PATIENT,
    );
    expect(world.receiver.requests).toHaveLength(700);
    const [delivery] = await world.customer.deliveries(webhook);
    const { attempts } = (await world.customer.api.get(`/v1/deliveries/${delivery!.id}`)).body;
    expect(attempts).toMatchObject([{ number: 7, trigger: 'manual', outcome: 'delivered' }]);
    const letters = await world.customer.api.get(`/v1/dead-letters?webhookId=${webhook.id}`);
    expect(letters.body.data).toEqual([]);
  });

  it('takes a list of ids, and counts as failed what is no dead letter', async () => {
    await die(3);
    const [one, two, three] = await world.customer.deliveries(webhook);
    const stranger = await addStrangersDeadLetter();
    const ids = [one!.id, two!.id, stranger, toTypeId('delivery', uuidV7()), 'nonsense'];
    expect(await start('retry', { ids })).toMatchObject({ total: 5, done: 2, failed: 3 });
    await world.receiver.waitFor(2);
    const left = await world.customer.api.get(`/v1/dead-letters?webhookId=${webhook.id}`);
    expect(left.body.data.map(({ id }: { id: string }) => id)).toEqual([three!.id]);
    expect(await statusOf(stranger)).toBe('dead');
  });

  it('goes by type, error and time, all together', async () => {
    await die(1, { errorCode: 'timeout' });
    await die(2, { errorCode: 'timeout', age: 120 });
    await die(3, { errorCode: 'dns', age: 120 });
    await die(4, { errorCode: 'timeout', age: 120, eventType: 'session.launched' });
    await die(5, { errorCode: 'timeout', age: 240 });
    const filter = {
      webhookId: webhook.id,
      type: 'session.completed',
      errorCode: 'timeout',
      from: new Date(Date.now() - 180 * 60_000).toISOString(),
      to: new Date(Date.now() - 60 * 60_000).toISOString(),
    };
    const query = new URLSearchParams(filter);
    const listed = await world.customer.api.get(`/v1/dead-letters?${query}`);
    expect(listed.body.data).toHaveLength(2);
    expect(await start('retry', filter)).toMatchObject({ total: 2, done: 2, failed: 0 });
    await world.receiver.waitFor(2);
    await eventually(async () =>
      expect(await world.customer.ledger(webhook)).toEqual({ dead: 13, delivered: 2 }),
    );
  });

  it('that finds nothing is completed at once', async () => {
    const { body } = await post('retry', { webhookId: webhook.id });
    expect(body).toMatchObject({ status: 'completed', total: 0, done: 0, failed: 0 });
    expect(body.finishedAt).toEqual(expect.any(String));
    const unknown = await post('retry', { webhookId: toTypeId('webhook', uuidV7()) });
    expect(unknown.body).toMatchObject({ status: 'completed', total: 0 });
  });

  it('does not come round to what dies again meanwhile', async () => {
    world.receiver.respondWith(500);
    const failing = await world.customer.webhook(world.receiver.url, {
      retrySchedule: [1],
      autoPauseAfter: 0,
    });
    await die(600, {}, failing);
    expect(await start('retry', { webhookId: failing.id })).toMatchObject({ done: 600, failed: 0 });
    await eventually(
      async () => expect(await world.customer.ledger(failing)).toEqual({ dead: 600 }),
      PATIENT,
    );
    expect(world.receiver.requests).toHaveLength(1200);
  });

  it('holds what goes to a paused webhook', async () => {
    await die(3);
    await world.customer.api.post(`/v1/webhooks/${webhook.id}/pause`);
    expect(await start('retry', { webhookId: webhook.id })).toMatchObject({ done: 3, failed: 0 });
    expect(await world.customer.ledger(webhook)).toEqual({ held: 3 });
    await world.customer.api.post(`/v1/webhooks/${webhook.id}/resume`);
    await world.receiver.waitFor(3);
  });

  it('counts as failed what went to a webhook that was deleted', async () => {
    await die(2);
    await world.customer.api.delete(`/v1/webhooks/${webhook.id}`);
    const filter = { webhookId: webhook.id };
    expect(await start('retry', filter)).toMatchObject({ total: 2, done: 0, failed: 2 });
    expect(await world.customer.ledger(webhook)).toEqual({ dead: 2 });
    expect(await start('discard', filter)).toMatchObject({ total: 2, done: 2, failed: 0 });
    expect(await world.customer.ledger(webhook)).toEqual({ discarded: 2 });
  });

  it('counts as failed what has no event any more, since that was pruned', async () => {
    await die(3);
    const [one] = await world.customer.deliveries(webhook);
    await pruneEventOf(one!.id);
    const filter = { webhookId: webhook.id };
    expect(await start('retry', filter)).toMatchObject({ total: 3, done: 2, failed: 1 });
    await eventually(async () =>
      expect(await world.customer.ledger(webhook)).toEqual({ delivered: 2, dead: 1 }),
    );
    expect(await start('discard', filter)).toMatchObject({ total: 1, done: 1, failed: 0 });
  });

  it('is refused with a filter that says nothing', async () => {
    for (const body of [
      { ids: [] },
      { ids: 'all' },
      { type: 'no.such' },
      { errorCode: 'bad luck' },
      { from: 'yesterday' },
      { status: 'dead' },
    ]) {
      expect((await post('retry', body)).status, JSON.stringify(body)).toBe(422);
    }
  });
});

describe('a bulk discard', () => {
  it('takes them out of the dead letters for good, and sends nothing', async () => {
    await die(600);
    const end = await start('discard', { webhookId: webhook.id });
    expect(end).toMatchObject({ kind: 'discard', total: 600, done: 600, failed: 0 });
    expect(await world.customer.ledger(webhook)).toEqual({ discarded: 600 });
    expect(await start('retry', { webhookId: webhook.id })).toMatchObject({ total: 0 });
    expect(world.receiver.requests).toHaveLength(0);
  });

  it('takes a list of ids, also of one', async () => {
    await die(2);
    const [one, other] = await world.customer.deliveries(webhook);
    expect(await start('discard', { ids: [one!.id] })).toMatchObject({ total: 1, done: 1 });
    expect((await world.customer.deliveries(webhook)).map(({ status }) => status)).toEqual([
      'discarded',
      'dead',
    ]);
    const again = await start('discard', { ids: [one!.id, other!.id] });
    expect(again).toMatchObject({ total: 2, done: 1, failed: 1 });
  });
});

describe('an operation', () => {
  it('that is cancelled stops where it is, and stays so', async () => {
    await world.customer.api.post(`/v1/webhooks/${webhook.id}/pause`);
    await die(20_000);
    const { body } = await post('retry', { webhookId: webhook.id });
    const path = `/v1/operations/${body.id}`;
    await eventually(async () => (await world.customer.api.get(path)).body.done > 0);
    const cancelled = (await world.customer.api.post(`${path}/cancel`)).body;
    expect(cancelled.status).toBe('cancelled');
    expect(cancelled.done).toBeLessThan(20_000);
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect((await world.customer.api.get(path)).body).toEqual(cancelled);
    expect((await world.customer.api.post(`${path}/cancel`)).body).toEqual(cancelled);
    expect(await statusesOf(webhook)).toEqual({
      waiting: cancelled.done,
      dead: 20_000 - cancelled.done,
    });
  });

  it('needs deliveries:write to be started and cancelled, and deliveries:read to be seen', async () => {
    const { tenantUuid } = world.schoolbell;
    const clientWith = async (...permissions: string[]) =>
      apiClient(
        world.schoolbell.apiUrl,
        await seedKey(world.schoolbell.database, { tenantUuid, permissions }),
      );
    const reader = await clientWith('deliveries:read');
    const writer = await clientWith('deliveries:write');
    const { body } = await writer.post('/v1/dead-letters/retry', { webhookId: webhook.id });
    const path = `/v1/operations/${body.id}`;
    expect((await reader.get(path)).status).toBe(200);
    expect((await writer.get(path)).status).toBe(403);
    expect((await writer.post(`${path}/cancel`)).status).toBe(200);
    for (const forbidden of [
      `${path}/cancel`,
      '/v1/dead-letters/retry',
      '/v1/dead-letters/discard',
    ]) {
      expect((await reader.post(forbidden)).status, forbidden).toBe(403);
    }
  });

  it('does not exist for another tenant', async () => {
    const { body } = await post('retry', { webhookId: webhook.id });
    const other = await seedTenant(world.schoolbell.database);
    const stranger = apiClient(world.schoolbell.apiUrl, other.tenantKey);
    expect((await stranger.get(`/v1/operations/${body.id}`)).status).toBe(404);
    expect((await stranger.post(`/v1/operations/${body.id}/cancel`)).status).toBe(404);
  });
});

async function addStrangersDeadLetter(): Promise<string> {
  const other = await seedTenant(world.schoolbell.database);
  const api = apiClient(world.schoolbell.apiUrl, other.tenantKey);
  const { body } = await api.post('/v1/webhooks', { url: world.receiver.url, events: ['*'] });
  await addDeadLetters(world.schoolbell.database, body.id, 1);
  return (await api.get('/v1/dead-letters')).body.data[0].id;
}

async function pruneEventOf(deliveryId: string): Promise<void> {
  await world.schoolbell.database.query(
    'DELETE FROM events WHERE id = (SELECT event_id FROM deliveries WHERE id = $1)',
    [fromTypeId('delivery', deliveryId)],
  );
}

async function statusOf(deliveryId: string): Promise<string> {
  const [row] = await world.schoolbell.database.query<{ status: string }>(
    'SELECT status FROM deliveries WHERE id = $1',
    [fromTypeId('delivery', deliveryId)],
  );
  return row!.status;
}

async function statusesOf({ id }: OwnWebhook): Promise<Record<string, number>> {
  const rows = await world.schoolbell.database.query<{ status: string; count: number }>(
    `SELECT status, count(*)::integer AS count FROM deliveries WHERE webhook_id = $1 GROUP BY 1`,
    [fromTypeId('webhook', id)],
  );
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
}
