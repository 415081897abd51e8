import { eventTypeNamed } from '@schoolbell/catalogue';
import { describe, expect, it } from 'vitest';
import { apiClient, seedKey } from '../support/index.js';
import {
  DATA,
  draft,
  EXAMPLE,
  newName,
  NUMBERED,
  registerType,
  SCHEMA,
  untilChecked,
} from './support/own-types.js';
import { pathsOf, PostingFixtures } from './support/posting-fixtures.js';

const world = new PostingFixtures();

const registered = (changes: object = {}): Promise<string> =>
  registerType(world.tenant.api, changes);

const post = (type: string, data: object = DATA) => untilChecked(() => world.post({ type, data }));

describe('a tenant’s own event type', () => {
  it('is registered, listed beside the catalogue, and shown as formats send it', async () => {
    const type = newName();
    const { status, body } = await untilChecked(() =>
      world.tenant.api.post('/v1/event-types', draft(type)),
    );
    expect(status).toBe(201);
    expect(body).toMatchObject({
      name: type,
      type,
      owner: 'tenant',
      version: 1,
      emittedBy: 'runtime',
      schema: SCHEMA,
      example: EXAMPLE,
    });
    expect(body.examples.map((example: { format: string }) => example.format)).toEqual([
      'allureconnect',
      'standard-webhooks',
      'cloudevents',
    ]);
    const list = (await world.tenant.api.get('/v1/event-types?limit=100')).body.data;
    expect(list[0]).toMatchObject({ name: 'session.launched', owner: 'catalogue', version: null });
    expect(list).toContainEqual(body);
    expect((await world.tenant.api.get(`/v1/event-types/${type}`)).body).toEqual(body);
  });

  it('is listed page by page, the catalogue on the first one only', async () => {
    const types = [await registered(), await registered()];
    const first = (await world.tenant.api.get('/v1/event-types?limit=1')).body;
    const path = `/v1/event-types?limit=1&cursor=${first.nextCursor}`;
    const second = (await world.tenant.api.get(path)).body;
    expect(first.data.at(-1).name).toBe(types[1]);
    expect(second.data.map(({ name }: { name: string }) => name)).toEqual([types[0]]);
  });

  it('is posted, whatever else its data has, and found by its type and its learner', async () => {
    const type = await registered();
    const { status, body } = await post(type);
    expect([status, body.duplicate]).toEqual([202, false]);
    const { data } = (await world.tenant.api.get(`/v1/events?type=${type}`)).body;
    expect(data).toMatchObject([{ id: body.id, type, data: DATA }]);
  });

  it.each([
    [{}, ['data.orderId']],
    [{ orderId: 'x' }, ['data.orderId']],
    [
      { orderId: 'ord_1', lines: [{ sku: 'a' }, {}, { sku: 7 }] },
      ['data.lines[1].sku', 'data.lines[2].sku'],
    ],
  ])('refuses data that breaks its schema, as %j does, with the fields', async (data, paths) => {
    const { status, body } = await post(await registered(), data);
    expect([status, body.code, pathsOf(body)]).toEqual([422, 'validation_failed', paths]);
  });

  it('refuses data that keeps its schema busy for years, and takes the next event', async () => {
    const slow = await registered({ schema: { properties: { a: { pattern: '^(a+)+$' } } } });
    const { status, body } = await post(slow, { a: `${'a'.repeat(40)}!` });
    expect([status, body.code, pathsOf(body)]).toEqual([422, 'validation_failed', ['data']]);
    expect((await post(slow, { a: 'aa' })).status).toBe(202);
  });

  it('refuses a batch with a bad event by its index, and stores none of it', async () => {
    const type = await registered();
    const completed = {
      type: 'session.completed',
      data: eventTypeNamed('session.completed')!.example,
    };
    const batch = (events: object[]) => world.tenant.api.post('/v1/events/batch', { events });
    const good = { type, data: DATA };
    const { status, body } = await batch([
      good,
      { type, data: {} },
      completed,
      { type: 'order.unknown', data: {} },
      { ...good, occurredAt: 'yesterday' },
    ]);
    expect(status).toBe(422);
    expect(pathsOf(body)).toEqual([
      'events[1].data.orderId',
      'events[3].type',
      'events[4].occurredAt',
    ]);
    expect((await world.tenant.api.get(`/v1/events?type=${type}`)).body.data).toEqual([]);

    const accepted = await batch([good, completed, good]);
    expect([accepted.status, accepted.body.data.length]).toEqual([202, 3]);
  });

  it.each(['order.unknown', 'Order', '*', '%20', 'x'.repeat(129)])(
    'of the name %s is none that lists can be filtered by',
    async (name) => {
      for (const list of ['events', 'deliveries', 'dead-letters']) {
        const { status, body } = await world.tenant.api.get(`/v1/${list}?type=${name}`);
        expect([status, pathsOf(body)], list).toEqual([422, ['type']]);
      }
    },
  );

  it('is repeated safely by a key, and by its fingerprint', async () => {
    const type = await registered();
    const at = { occurredAt: '2026-11-28T10:00:00Z' };
    const keyed = { type, data: DATA, idempotencyKey: type };
    const printed = { type, data: { ...DATA, sessionId: type }, dedupe: 'fingerprint', ...at };
    for (const event of [keyed, printed]) {
      const first = await world.tenant.api.post('/v1/events', event);
      const second = await world.tenant.api.post('/v1/events', event);
      expect(second.body).toEqual({ ...first.body, duplicate: true });
    }
  });

  it('does not exist for another tenant, which may have one of the same name', async () => {
    const type = await registered();
    const { api: other } = await world.schoolbell.addTenant();
    const path = `/v1/event-types/${type}`;
    expect((await other.get(path)).status).toBe(404);
    expect((await other.patch(path, { description: 'Mine.' })).status).toBe(404);
    expect((await other.delete(path)).status).toBe(404);
    expect((await other.post('/v1/events', { type, data: DATA })).body.code).toBe(
      'unknown_event_type',
    );
    expect(JSON.stringify((await other.get('/v1/event-types')).body)).not.toContain(type);
    const own = draft(type, { schema: { required: ['x'] }, example: { x: 1 } });
    expect((await other.post('/v1/event-types', own)).status).toBe(201);
    expect((await other.post('/v1/events', { type, data: DATA })).status).toBe(422);
    expect((await post(type)).status).toBe(202);
  });
});

describe('registering an event type', () => {
  it.each([
    ['session.completed', 409],
    ['session.created', 409],
    ['webhook.mine', 409],
    ['delivery.mine', 409],
    ['usage.mine', 409],
    ['Order.placed', 422],
    ['order', 422],
  ])('by the name %s is refused with %i', async (type, expected) => {
    const { status, body } = await world.tenant.api.post('/v1/event-types', draft(type));
    expect([status, body.code]).toEqual([
      expected,
      expected === 409 ? 'event_type_taken' : 'validation_failed',
    ]);
  });

  it.each([
    ['an example that breaks the schema', { example: { orderId: 1 } }, ['example.orderId']],
    ['no schema', { schema: undefined }, ['schema']],
    ['a schema that is none', { schema: { type: 'text' } }, ['schema.type']],
    ['a keyword that nobody knows', { schema: { requried: [] } }, ['schema']],
    ['a reference elsewhere', { schema: { $ref: 'https://x.example' } }, ['schema.$ref']],
    ['a schema without end', { schema: { $ref: '#' } }, ['schema']],
    [
      'a pattern that its example keeps busy',
      {
        schema: { properties: { a: { pattern: '^(a+)+$' } } },
        example: { a: `${'a'.repeat(40)}!` },
      },
      ['example'],
    ],
    ['a large example', { schema: true, example: { a: 'x'.repeat(16_384) } }, ['example']],
    ['a field of its own', { owner: 'me' }, ['owner']],
  ])('with %s is refused with the field', async (_, changes, paths) => {
    const registration = draft(newName(), changes);
    const { status, body } = await untilChecked(() =>
      world.tenant.api.post('/v1/event-types', registration),
    );
    expect([status, [...new Set(pathsOf(body))]]).toEqual([422, paths]);
  });

  it('twice is refused, also when both come at once', async () => {
    const body = draft(newName());
    const both = await Promise.all(
      [1, 2].map(() => world.tenant.api.post('/v1/event-types', body)),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409]);
  });

  it('beyond the tenant’s limit is refused until one is deleted or the limit is raised', async () => {
    const { api: small, tenantId } = await world.schoolbell.addTenant();
    await world.schoolbell.platform.patch(`/v1/tenants/${tenantId}`, { eventTypeLimit: 1 });
    expect(
      (await untilChecked(() => small.post('/v1/event-types', draft('order.one')))).status,
    ).toBe(201);
    const second = await small.post('/v1/event-types', draft('order.two'));
    expect([second.status, second.body.code]).toEqual([409, 'event_type_limit_reached']);
    await small.delete('/v1/event-types/order.one');
    expect((await small.post('/v1/event-types', draft('order.two'))).status).toBe(201);
  });

  it('needs webhooks:write, reading any key', async () => {
    const reader = await world.tenant.apiWith('webhooks:read', 'events:write');
    expect((await reader.post('/v1/event-types', draft(newName()))).status).toBe(403);
    expect((await reader.get(`/v1/event-types/${await registered()}`)).status).toBe(200);
  });
});

describe('a change of an event type', () => {
  it('is its next version, by which events are checked from then on', async () => {
    const type = await registered();
    const before = await post(type);
    const path = `/v1/event-types/${type}`;
    const described = await world.tenant.api.patch(path, { description: 'An order.' });
    expect(described.body).toMatchObject({ version: 1, description: 'An order.', schema: SCHEMA });
    const { schema } = NUMBERED;
    const unfit = await world.tenant.api.patch(path, { schema });
    expect([unfit.status, pathsOf(unfit.body)]).toEqual([422, ['example.number']]);
    const changed = await world.tenant.api.patch(path, NUMBERED);
    expect(changed.body).toMatchObject({ version: 2, description: 'An order.', schema });
    expect(pathsOf((await post(type)).body)).toEqual(['data.number']);
    expect((await post(type, { number: 8 })).status).toBe(202);
    const { body: accepted } = await world.tenant.api.get(`/v1/events/${before.body.id}`);
    expect(accepted).toMatchObject({ type, data: DATA });
  });

  it('of the catalogue, or of the platform by a tenant, is refused', async () => {
    const type = newName();
    await world.schoolbell.platform.post('/v1/event-types', draft(type));
    for (const name of ['session.completed', type]) {
      const path = `/v1/event-types/${name}`;
      expect((await world.tenant.api.patch(path, { description: 'Mine.' })).status).toBe(403);
      expect((await world.tenant.api.delete(path)).status).toBe(403);
    }
  });
});

describe('an event type of the platform', () => {
  it('is every tenant’s, unless the tenant has one of that name already', async () => {
    const type = await registered();
    const { status, body } = await world.schoolbell.platform.post(
      '/v1/event-types',
      draft(type, { schema: { required: ['x'] }, example: { x: 1 } }),
    );
    expect([status, body.owner]).toEqual([201, 'platform']);
    const { api: other } = await world.schoolbell.addTenant();
    expect((await other.get(`/v1/event-types/${type}`)).body.owner).toBe('platform');
    expect((await other.post('/v1/events', { type, data: { x: 2 } })).status).toBe(202);
    expect((await other.post('/v1/event-types', draft(type))).body.code).toBe('event_type_taken');
    expect((await world.tenant.api.get(`/v1/event-types/${type}`)).body.owner).toBe('tenant');
    expect((await post(type)).status).toBe(202);
    await world.tenant.api.delete(`/v1/event-types/${type}`);
    expect(pathsOf((await post(type)).body)).toEqual(['data.x']);
  });

  it('needs a platform key with the permission platform; one that names a tenant registers its', async () => {
    const { database, url } = world.schoolbell;
    const key = await seedKey(database, { permissions: ['webhooks:write'] });
    const service = apiClient(url, key);
    const type = newName();
    expect((await service.post('/v1/event-types', draft(type))).status).toBe(403);
    const named = { 'X-Tenant-Id': world.tenant.tenantId };
    const { status, body } = await service.post('/v1/event-types', draft(type), named);
    expect([status, body.owner]).toEqual([201, 'tenant']);
    const nobody = { 'X-Tenant-Id': 'ten_01jcfpwpg0fgx9p79fda74r401' };
    expect((await service.post('/v1/event-types', draft(type), nobody)).status).toBe(404);
  });
});
