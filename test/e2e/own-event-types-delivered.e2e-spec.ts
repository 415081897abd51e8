import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApi } from '../../apps/api/src/create-api.js';
import { apiClient, type ApiClient, eventually, SharedWorld } from '../support/index.js';
import { DATA, draft, EXAMPLE, NUMBERED, registerType, untilChecked } from './support/own-types.js';
import { pathsOf } from './support/posting-fixtures.js';

const world = new SharedWorld();

const registered = (): Promise<string> => registerType(world.customer.api);

const post = (type: string, data: object = DATA) =>
  untilChecked(() => world.customer.api.post('/v1/events', { type, data }));

describe('webhooks', () => {
  it.each([
    ['allureconnect', (type: string) => ({ type, data: DATA })],
    ['standard-webhooks', (type: string) => ({ type, data: DATA })],
    ['cloudevents', (type: string) => ({ specversion: '1.0', type, data: DATA })],
    ['custom', (type: string) => ({ text: `${type}: ord_2` })],
  ])('get an own type in the format %s', async (format, body) => {
    const type = await registered();
    const webhook = await world.customer.webhook(world.receiver.url, {
      format,
      events: [type],
      scopes: {},
      ...(format === 'custom' && { template: '{"text": type & ": " & data.orderId}' }),
    });
    await post(type);
    await world.customer.deliveryIs(webhook, 'delivered');
    const [request] = world.receiver.requests;
    expect(JSON.parse(request!.body)).toMatchObject(body(type));
    expect(request!.headers['x-schoolbell-event']).toBe(type);
  });

  it('that listen to everything get it too, by filters that were tried with its example', async () => {
    const type = await registered();
    const { body: webhook } = await world.customer.api.post('/v1/webhooks', {
      url: world.receiver.url,
      events: ['*'],
      filter: `data.orderId = "ord_1" or type = "${type}"`,
    });
    expect(webhook.examples).toContainEqual({ type, wanted: true });
    expect(webhook.examples).toContainEqual({ type: 'session.completed', wanted: false });
    await post(type);
    await eventually(() => world.receiver.requests.length === 1);
    await world.customer.api.delete(`/v1/webhooks/${webhook.id}`);
  });

  it('are tested with its example', async () => {
    const type = await registered();
    const webhook = await world.customer.webhook(world.receiver.url, { events: [type] });
    const test = (body?: object) =>
      world.customer.api.post(`/v1/webhooks/${webhook.id}/test`, body);
    expect((await test()).body.attempt.outcome).toBe('delivered');
    expect((await test({ type })).status).toBe(200);
    expect(JSON.parse(world.receiver.requests[0]!.body)).toMatchObject({ type, data: EXAMPLE });
    const unknown = await test({ type: 'order.unknown' });
    expect([unknown.status, pathsOf(unknown.body)]).toEqual([422, ['type']]);
  });

  it('of a format that cannot carry it are refused, with what it can', async () => {
    const { status, body } = await world.customer.api.post('/v1/webhooks', {
      url: world.receiver.url,
      events: [await registered()],
      format: 'docebo',
    });
    expect([status, body.code]).toEqual([422, 'format_cannot_carry']);
  });

  it('get what was missed by a replay of that type', async () => {
    const type = await registered();
    const from = new Date(Date.now() - 1_000).toISOString();
    await post(type);
    const webhook = await world.customer.webhook(world.receiver.url, {
      events: [type],
      scopes: {},
    });
    const replay = { from, to: new Date(Date.now() + 1_000).toISOString(), types: [type] };
    const path = `/v1/webhooks/${webhook.id}/replay`;
    expect((await world.customer.api.post(path, replay)).status).toBe(202);
    await world.customer.deliveryIs(webhook, 'delivered');
    const unknown = await world.customer.api.post(path, { ...replay, types: ['order.unknown'] });
    expect([unknown.status, pathsOf(unknown.body)]).toEqual([422, ['types']]);
  });
});

describe('a deleted event type', () => {
  it('is posted and registered for no longer; what listens to it stays, and what waits goes out', async () => {
    const type = await registered();
    const { api } = world.customer;
    const webhook = await world.customer.webhook(world.receiver.url, {
      events: [type],
      scopes: {},
      status: 'paused',
    });
    await post(type);
    expect((await api.delete(`/v1/event-types/${type}`)).status).toBe(204);
    expect((await api.delete(`/v1/event-types/${type}`)).status).toBe(404);
    expect((await post(type)).body.code).toBe('unknown_event_type');
    const other = await api.post('/v1/webhooks', { url: world.receiver.url, events: [type] });
    expect([other.status, pathsOf(other.body)]).toEqual([422, ['events[0]']]);
    const events = [type, 'session.completed'];
    const changed = await api.patch(`/v1/webhooks/${webhook.id}`, { events, status: 'active' });
    expect([changed.status, changed.body.events]).toEqual([200, events]);
    await world.customer.deliveryIs(webhook, 'delivered');
    expect((await api.get(`/v1/deliveries?type=${type}`)).body.data).toHaveLength(1);
  });

  it('that is registered again goes on with its next version', async () => {
    const type = await registered();
    await world.customer.api.delete(`/v1/event-types/${type}`);
    const { status, body } = await world.customer.api.post('/v1/event-types', draft(type));
    expect([status, body.version]).toEqual([201, 2]);
    expect((await post(type)).status).toBe(202);
  });
});

describe('another API process', () => {
  let other: ApiClient;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    const { database, encryptionKey, tenantKey } = world.schoolbell;
    const egress = { allowHttp: false, allow: [], allowLoopback: true };
    const settings = { databaseUrl: database.url, encryptionKeys: [encryptionKey], egress };
    const app = await createApi(
      { ...settings, jwtSecret: 'j'.repeat(32), retentionDays: 30 },
      false,
    );
    await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as AddressInfo;
    other = apiClient(`http://127.0.0.1:${port}`, tenantKey);
    stop = () => app.close();
  });
  afterAll(() => stop());

  it('knows a type at once, and a change or deletion of it within a second', async () => {
    const type = await registered();
    const postThere = (data: object) =>
      untilChecked(() => other.post('/v1/events', { type, data }));
    expect((await postThere(DATA)).status).toBe(202);

    const path = `/v1/event-types/${type}`;
    await world.customer.api.patch(path, NUMBERED);
    const changedAt = performance.now();
    await eventually(async () => (await postThere({ number: 8 })).status === 202, {
      intervalMs: 20,
    });
    expect(performance.now() - changedAt).toBeLessThan(5_000);

    await world.customer.api.delete(path);
    await eventually(async () => (await postThere({ number: 9 })).status === 422, {
      intervalMs: 20,
    });
  });
});
