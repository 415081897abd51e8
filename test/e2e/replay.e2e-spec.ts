import { fromTypeId } from '@schoolbell/ids';
import { beforeEach, describe, expect, it } from 'vitest';
import { apiClient, eventually, seedKey, SharedWorld, type OwnWebhook } from '../support/index.js';
import { addEvents } from './support/add-events.js';

const world = new SharedWorld();
let webhook: OwnWebhook;

beforeEach(async () => {
  webhook = await world.customer.webhook(world.receiver.url);
});

const minutesFromNow = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const lately = () => ({ from: minutesFromNow(-10), to: minutesFromNow(10) });

const replay = (body: object, { id } = webhook) =>
  world.customer.api.post(`/v1/webhooks/${id}/replay`, body);

async function replayed(body: object, of = webhook) {
  const answer = await replay(body, of);
  expect(answer.status).toBe(202);
  return world.customer.ended(answer.body.id);
}

const ledgerIs = (expected: object, of = webhook) =>
  eventually(async () => expect(await world.customer.ledger(of)).toEqual(expected));

/** Makes a delivery of the webhook dead at once; afterwards its receiver is healthy again. */
async function dies(): Promise<void> {
  world.receiver.respondWith(410);
  await world.customer.completes(webhook);
  await ledgerIs({ dead: 1 });
  world.receiver.respondWith(200);
}

const idsReceived = () => world.receiver.requests.map(({ headers }) => headers['webhook-id']);

describe('a replay', () => {
  it('sends the events of the range again, under the ids they had', async () => {
    const events = await world.customer.completesTimes(webhook, 5);
    await ledgerIs({ delivered: 5 });
    const { body } = await replay(lately());
    expect(body).toMatchObject({ kind: 'replay', status: 'running', total: 5, done: 0 });
    await ledgerIs({ delivered: 10 });
    expect(idsReceived().toSorted()).toEqual([...events, ...events].toSorted());
    const [newest] = await world.customer.deliveries(webhook);
    const { attempts } = (await world.customer.api.get(`/v1/deliveries/${newest!.id}`)).body;
    expect(attempts).toMatchObject([{ number: 1, trigger: 'manual', outcome: 'delivered' }]);
  });

  it('with onlyMissing sends exactly what the webhook did not get', async () => {
    const got = await world.customer.completesTimes(webhook, 3);
    await ledgerIs({ delivered: 3 });
    await world.customer.api.post(`/v1/webhooks/${webhook.id}/pause`);
    await world.customer.completesTimes(webhook, 2);
    const discarded = { heldDeliveries: 'discard' };
    await world.customer.api.post(`/v1/webhooks/${webhook.id}/resume`, discarded);
    world.receiver.respondWith(410);
    await world.customer.completes(webhook);
    await ledgerIs({ delivered: 3, discarded: 2, dead: 1 });

    world.receiver.respondWith(200);
    await world.customer.api.post(`/v1/webhooks/${webhook.id}/resume`);
    const end = await replayed({ ...lately(), onlyMissing: true });
    expect(end).toMatchObject({ status: 'completed', total: 3, done: 3, failed: 0 });
    await ledgerIs({ delivered: 6, discarded: 2 });
    for (const id of got) expect(idsReceived().filter((other) => other === id)).toHaveLength(1);
    expect(await replayed({ ...lately(), onlyMissing: true })).toMatchObject({ total: 0 });
  });

  it('can be counted before it begins, and counting sends nothing', async () => {
    await world.customer.completesTimes(webhook, 2);
    await ledgerIs({ delivered: 2 });
    const counted = (body: object) =>
      world.customer.api.post(`/v1/webhooks/${webhook.id}/replay/preview`, body);
    expect(await counted(lately())).toMatchObject({ status: 200, body: { total: 2, exact: true } });
    const missing = await counted({ ...lately(), onlyMissing: true });
    expect(missing.body).toEqual({ total: 0, exact: true });
    const backwards = await counted({ from: minutesFromNow(0), to: minutesFromNow(-1) });
    expect(backwards).toMatchObject({ status: 422, body: { errors: [{ path: 'to' }] } });
    await ledgerIs({ delivered: 2 });
  });

  it('with onlyMissing skips what arrived before it was sent again and died', async () => {
    const own = await world.customer.webhook(world.receiver.url, {
      retrySchedule: [1],
      autoPauseAfter: 0,
    });
    await world.customer.completes(own);
    const { id } = await world.customer.deliveryIs(own, 'delivered');
    world.receiver.respondWith(500);
    await world.customer.api.post(`/v1/deliveries/${id}/retry`);
    await world.customer.deliveryIs(own, 'dead', 15_000);
    expect(await replayed({ ...lately(), onlyMissing: true }, own)).toMatchObject({ total: 0 });
    await ledgerIs({ dead: 1 }, own);
  });

  it('with onlyMissing sends what arrived at the fallback only', async () => {
    const fallbackUrl = new URL('/fallback', world.receiver.url).href;
    const url = new URL('/broken', world.receiver.url).href;
    const own = await world.customer.webhook(url, {
      retrySchedule: [1],
      autoPauseAfter: 0,
      fallbackUrl,
    });
    world.receiver.respondWith(({ path }) => (path === '/broken' ? 500 : 200));
    await world.customer.completes(own);
    await world.customer.fallbackIs(own, 'delivered');
    world.receiver.respondWith(200);
    expect(await replayed({ ...lately(), onlyMissing: true }, own)).toMatchObject({ done: 1 });
    await ledgerIs({ delivered: 1 }, own);
  });

  it('brings a new webhook what happened before it was registered', async () => {
    const events = await world.customer.completesTimes(webhook, 4);
    const scopes = { packageIds: [webhook.packageId] };
    const later = await world.customer.webhook(world.receiver.url, { scopes });
    expect(await replayed(lately(), later)).toMatchObject({ total: 4, done: 4 });
    await ledgerIs({ delivered: 4 }, later);
    await ledgerIs({ delivered: 4 });
    expect(idsReceived().toSorted()).toEqual([...events, ...events].toSorted());
  });

  it('of a part of the time sends what was accepted from its beginning until before its end', async () => {
    const acceptedAt = async (id: string) =>
      (await world.customer.api.get(`/v1/events/${id}`)).body.acceptedAt;
    const times: string[] = [];
    const events: string[] = [];
    for (let i = 0; i < 3; i++) {
      events.push(await world.customer.completes(webhook));
      times.push(await acceptedAt(events[i]!));
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
    await ledgerIs({ delivered: 3 });
    await replayed({ from: times[1], to: times[2] });
    await ledgerIs({ delivered: 4 });
    expect(idsReceived().toSorted()).toEqual([...events, events[1]!].toSorted());
  });

  it('of a range without events sends nothing', async () => {
    await world.customer.completesTimes(webhook, 2);
    await ledgerIs({ delivered: 2 });
    const now = minutesFromNow(0);
    for (const range of [
      { from: minutesFromNow(-20), to: minutesFromNow(-10) },
      { from: minutesFromNow(10), to: minutesFromNow(20) },
      { from: now, to: now },
    ]) {
      const { body } = await replay(range);
      expect(body).toMatchObject({ status: 'completed', total: 0, done: 0 });
    }
    expect(world.receiver.requests).toHaveLength(2);
  });

  it('keeps to the scopes and the types of the webhook, and to those that were asked for', async () => {
    const other = await world.customer.webhook(world.receiver.url, {
      events: ['session.launched'],
    });
    await world.customer.completesTimes(webhook, 2);
    await world.customer.completesTimes(other, 3);
    expect(await replayed(lately(), other)).toMatchObject({ total: 0 });
    const types = ['session.launched'];
    expect(await replayed({ ...lately(), types })).toMatchObject({ total: 0 });
    const both = [...types, 'session.completed'];
    await ledgerIs({ delivered: 2 });
    expect(await replayed({ ...lately(), types: both })).toMatchObject({ total: 2, done: 2 });
    await ledgerIs({ delivered: 4 });
  });

  it('brings a webhook with scopes the operational events too that it lists', async () => {
    await dies();
    const later = await world.customer.webhook(world.receiver.url, { events: ['delivery.dead'] });
    const deaths = await eventsWhere(`type = 'delivery.dead'`);
    expect(await replayed(lately(), later)).toMatchObject({ done: deaths.length });
    expect(deaths.length).toBeGreaterThan(0);
  });

  it('brings a webhook with scopes no operational event that it does not list by name', async () => {
    await dies();
    const everything = await world.customer.webhook(world.receiver.url, { events: ['*'] });
    const types = ['delivery.dead', 'webhook.paused'];
    expect(await replayed({ ...lately(), types }, everything)).toMatchObject({ total: 0, done: 0 });
    const both = await world.customer.webhook(world.receiver.url, { events: ['*', ...types] });
    const { total } = await replayed(lately(), both);
    expect(total).toBeGreaterThan(0);
  });

  it('leaves alone what is on its way, and is held while the webhook is paused', async () => {
    await world.customer.completesTimes(webhook, 2);
    await ledgerIs({ delivered: 2 });
    await world.customer.api.post(`/v1/webhooks/${webhook.id}/pause`);
    await world.customer.completes(webhook);
    expect(await replayed(lately())).toMatchObject({ total: 2, done: 2 });
    expect(await world.customer.ledger(webhook)).toEqual({ delivered: 2, held: 3 });
    expect(await replayed(lately())).toMatchObject({ total: 0 });
    await world.customer.api.post(`/v1/webhooks/${webhook.id}/resume`);
    await ledgerIs({ delivered: 5 });
  });

  it('never replays a test', async () => {
    await world.customer.api.post(`/v1/webhooks/${webhook.id}/test`);
    const all = await world.customer.webhook(world.receiver.url, { events: ['*'], scopes: {} });
    await world.customer.api.delete(`/v1/webhooks/${webhook.id}`);
    const { total } = await replayed(lately(), all);
    expect((await eventsWhere('test')).length).toBeGreaterThan(0);
    expect(total).toBe((await eventsWhere('NOT test')).length);
  });

  it('ends as failed when its webhook is deleted, and as cancelled when it is cancelled', async () => {
    await world.customer.api.post(`/v1/webhooks/${webhook.id}/pause`);
    await addEvents(world.schoolbell, webhook, 10_000);
    const first = (await replay(lately())).body;
    const path = `/v1/operations/${first.id}`;
    await eventually(async () => (await world.customer.api.get(path)).body.done > 0);
    const cancelled = (await world.customer.api.post(`${path}/cancel`)).body;
    expect(cancelled.status).toBe('cancelled');
    expect(cancelled.done).toBeLessThan(10_000);
    expect(await heldBy(webhook)).toBe(cancelled.done);

    const second = (await replay(lately())).body;
    await world.customer.api.delete(`/v1/webhooks/${webhook.id}`);
    const end = await world.customer.ended(second.id);
    expect(end.status).toBe('failed');
    expect(end.done).toBeLessThan(10_000);
  });

  it('is refused without a range, and for types that do not exist', async () => {
    const { from, to } = lately();
    for (const body of [
      {},
      { from },
      { from, to: 'now' },
      { from: to, to: from },
      { from, to, types: [] },
      { from, to, types: ['no.such'] },
      { from, to, onlyMissing: 'yes' },
      { from, to, webhookId: webhook.id },
    ]) {
      expect((await replay(body)).status, JSON.stringify(body)).toBe(422);
    }
    expect((await replay(lately(), { ...webhook, id: 'wh_nobody' })).status).toBe(404);
  });

  it('needs deliveries:write', async () => {
    const { tenantUuid } = world.schoolbell;
    const permissions = ['webhooks:write', 'deliveries:read'];
    const key = await seedKey(world.schoolbell.database, { tenantUuid, permissions });
    const api = apiClient(world.schoolbell.apiUrl, key);
    expect((await api.post(`/v1/webhooks/${webhook.id}/replay`, lately())).status).toBe(403);
  });
});

/** Those of the tenant. */
const eventsWhere = (condition: string) =>
  world.schoolbell.database.query(`SELECT FROM events WHERE tenant_id = $1 AND ${condition}`, [
    world.schoolbell.tenantUuid,
  ]);

async function heldBy({ id }: OwnWebhook): Promise<number> {
  const [row] = await world.schoolbell.database.query<{ count: number }>(
    `SELECT count(*)::integer AS count FROM due_deliveries WHERE webhook_id = $1`,
    [fromTypeId('webhook', id)],
  );
  return row!.count;
}
