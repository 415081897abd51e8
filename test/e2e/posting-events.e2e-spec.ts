import { eventTypeNamed } from '@schoolbell/catalogue';
import { toTypeId, uuidV7 } from '@schoolbell/ids';
import { describe, expect, it } from 'vitest';
import { addWebhook } from './support/add-webhook.js';
import { COMPLETED, pathsOf, PostingFixtures, SESSION } from './support/posting-fixtures.js';

const api = new PostingFixtures();

describe('posting an event', () => {
  it('answers 202 with its id and the number of webhooks it goes to', async () => {
    const own = await api.schoolbell.addTenant();
    await addWebhook(own);
    await addWebhook(own, { events: ['session.completed', 'session.scored'] });
    await addWebhook(own, { events: ['session.scored'] });
    const { status, body } = await own.api.post('/v1/events', COMPLETED);
    expect(status).toBe(202);
    expect(body).toEqual({
      id: expect.stringMatching(/^evt_[0-9a-hjkmnp-tv-z]{26}$/),
      duplicate: false,
      deliveries: 2,
    });
    const { body: event } = await own.api.get(`/v1/events/${body.id}`);
    expect(event.deliveries).toHaveLength(2);
    expect(event.deliveries[0]).toMatchObject({
      eventId: body.id,
      tenantId: own.tenantId,
      eventType: 'session.completed',
      status: 'pending',
      test: false,
      attemptCount: 0,
      lastAttempt: null,
    });
  });

  it('that no webhook wants is accepted and stored too, and shows so', async () => {
    const { status, body } = await api.post(COMPLETED);
    expect([status, body.deliveries]).toEqual([202, 0]);
    const { body: event } = await api.tenant.api.get(`/v1/events/${body.id}`);
    expect(event).toMatchObject({ id: body.id, deliveries: [] });
  });

  it('keeps fields that the catalogue does not know, and maps SCORM 1.2', async () => {
    const data = {
      ...SESSION,
      lessonStatus: 'passed',
      totalTime: '0000:12:34.00',
      house: { x: [1] },
    };
    const { body } = await api.post({ ...COMPLETED, data });
    const { body: event } = await api.tenant.api.get(`/v1/events/${body.id}`);
    expect(event).toMatchObject({
      type: 'session.completed',
      tenantId: api.tenant.tenantId,
      deliveries: [],
      data: {
        ...SESSION,
        completionStatus: 'completed',
        successStatus: 'passed',
        totalTime: 'PT12M34S',
        house: { x: [1] },
      },
    });
    expect(event.data).not.toHaveProperty('lessonStatus');
  });

  it('takes the time that the runtime says, else that of acceptance', async () => {
    const timed = await api.post({ ...COMPLETED, occurredAt: '2026-04-10T16:32:00.1234+02:00' });
    const untimed = await api.post(COMPLETED);
    const { body: one } = await api.tenant.api.get(`/v1/events/${timed.body.id}`);
    const { body: two } = await api.tenant.api.get(`/v1/events/${untimed.body.id}`);
    expect(one.occurredAt).toBe('2026-04-10T14:32:00.123Z');
    expect(Math.abs(Date.parse(one.acceptedAt) - Date.now())).toBeLessThan(10_000);
    expect(two.occurredAt).toBe(two.acceptedAt);
  });

  it.each<[string, unknown, string[]]>([
    ['no body', undefined, ['']],
    ['a list', [COMPLETED], ['']],
    ['no type', { data: {} }, ['type']],
    ['no data', { type: 'session.completed' }, ['data']],
    ['data that is no object', { ...COMPLETED, data: [] }, ['data']],
    ['a field of its own', { ...COMPLETED, priority: 1 }, ['priority']],
    ['a type that is no text', { ...COMPLETED, type: 7 }, ['type']],
    [
      'a missing id',
      { ...COMPLETED, data: { ...SESSION, packageId: undefined, completionStatus: 'completed' } },
      ['data.packageId'],
    ],
    ['neither status', { ...COMPLETED, data: SESSION }, ['data']],
    [
      'a score out of range',
      { ...COMPLETED, data: { ...COMPLETED.data, scoreScaled: 1.01 } },
      ['data.scoreScaled'],
    ],
    [
      'scores out of order',
      { ...COMPLETED, data: { ...COMPLETED.data, scoreRaw: 11, scoreMax: 10 } },
      ['data.scoreRaw'],
    ],
    [
      'a wrong type deep inside',
      { ...COMPLETED, data: { ...COMPLETED.data, learner: { email: 5 } } },
      ['data.learner.email'],
    ],
    ['a time without offset', { ...COMPLETED, occurredAt: '2026-04-10T14:32:00' }, ['occurredAt']],
    ['the 30th of February', { ...COMPLETED, occurredAt: '2026-02-30T14:32:00Z' }, ['occurredAt']],
    ['a time before SCORM', { ...COMPLETED, occurredAt: '1970-01-01T00:00:00Z' }, ['occurredAt']],
    ['a time to come', { ...COMPLETED, occurredAt: '2999-01-01T00:00:00Z' }, ['occurredAt']],
    ['an empty key', { ...COMPLETED, idempotencyKey: '' }, ['idempotencyKey']],
    ['a key too long', { ...COMPLETED, idempotencyKey: 'k'.repeat(256) }, ['idempotencyKey']],
    ['a key with a line break', { ...COMPLETED, idempotencyKey: 'a\nb' }, ['idempotencyKey']],
    ['an unknown way to dedupe', { ...COMPLETED, dedupe: 'guess' }, ['dedupe']],
    [
      'a type that only Schoolbell emits',
      { type: 'usage.threshold', data: eventTypeNamed('usage.threshold')!.example },
      ['type'],
    ],
  ])('refuses %s with 422 and the field', async (_, body, paths) => {
    const before = await api.countOf('events');
    const answer = await api.post(body);
    expect(answer).toMatchObject({ status: 422, body: { code: 'validation_failed', status: 422 } });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(pathsOf(answer.body)).toEqual(paths);
    expect(await api.countOf('events')).toBe(before);
  });

  it('says where the types are listed when it does not know one', async () => {
    const { status, body } = await api.post({ type: 'session.created', data: {} });
    expect([status, body.code]).toEqual([422, 'unknown_event_type']);
    expect(body.detail).toContain('/v1/event-types');
    expect(pathsOf(body)).toEqual(['type']);
  });

  it.each([
    '{"type":',
    '{"a":"\\u0000"}',
    `{"a":${'['.repeat(200)}${']'.repeat(200)}}`,
    '{"a":9007199254740993}',
  ])('refuses %s as malformed', async (body) => {
    expect(await api.post(body)).toMatchObject({ status: 400, body: { code: 'malformed_json' } });
  });

  it('refuses more than 256 KiB with 413', async () => {
    const body = { ...COMPLETED, data: { ...COMPLETED.data, note: 'x'.repeat(256 * 1024) } };
    expect(await api.post(body)).toMatchObject({ status: 413, body: { code: 'body_too_large' } });
  });
});

describe('whose event it is', () => {
  it('is that of the tenant key, which may name it', async () => {
    expect((await api.post({ ...COMPLETED, tenantId: api.tenant.tenantId })).status).toBe(202);
  });

  it('is never another tenant’s for a tenant key', async () => {
    const other = await api.schoolbell.addTenant();
    const inBody = await api.post({ ...COMPLETED, tenantId: other.tenantId });
    const inHeader = await api.post(COMPLETED, { 'X-Tenant-Id': other.tenantId });
    for (const answer of [inBody, inHeader]) {
      expect(answer).toMatchObject({ status: 403, body: { code: 'tenant_mismatch' } });
    }
    expect(await api.countOf('events', other.tenantUuid)).toBe(0);
  });

  it('is named by a platform key, in the header or in the event', async () => {
    const own = await api.schoolbell.addTenant();
    const { platform } = api.schoolbell;
    const answers = [
      await platform.post('/v1/events', COMPLETED, { 'X-Tenant-Id': own.tenantId }),
      await platform.post('/v1/events', { ...COMPLETED, tenantId: own.tenantId }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    expect(await api.countOf('events', own.tenantUuid)).toBe(2);
  });

  it.each<[string, Record<string, string>, string | undefined, number, string]>([
    ['no tenant at all', {}, undefined, 422, 'tenant_required'],
    ['a tenant that does not exist', {}, toTypeId('tenant', uuidV7()), 404, 'tenant_not_found'],
    ['an id of another form', {}, 'acme', 404, 'tenant_not_found'],
    [
      'an unknown tenant in the header',
      { 'X-Tenant-Id': 'ten_nobody' },
      undefined,
      404,
      'tenant_not_found',
    ],
  ])('a platform key with %s is refused', async (_, headers, tenantId, status, code) => {
    const body = { ...COMPLETED, tenantId };
    const answer = await api.schoolbell.platform.post('/v1/events', body, headers);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('cannot be two tenants’ at once', async () => {
    const other = await api.schoolbell.addTenant();
    const answer = await api.schoolbell.platform.post(
      '/v1/events',
      { ...COMPLETED, tenantId: other.tenantId },
      { 'X-Tenant-Id': api.tenant.tenantId },
    );
    expect(answer.status).toBe(422);
    expect(pathsOf(answer.body)).toEqual(['tenantId']);
  });

  it('needs a key with events:write', async () => {
    const reader = await api.tenant.apiWith('events:read');
    expect(await reader.post('/v1/events', COMPLETED)).toMatchObject({ status: 403 });
    expect(await api.schoolbell.stranger.post('/v1/events', COMPLETED)).toMatchObject({
      status: 401,
    });
  });
});

describe('scopes', () => {
  it.each<[object, object, number]>([
    [{}, {}, 1],
    [{ packageIds: ['pkg_1'] }, {}, 1],
    [{ packageIds: ['pkg_2', 'pkg_1'] }, {}, 1],
    [{ packageIds: ['pkg_2'] }, {}, 0],
    [{ dispatchIds: ['dsp_1'] }, {}, 0],
    [{ dispatchIds: ['dsp_1'] }, { dispatchId: 'dsp_1' }, 1],
    [{ dispatchIds: ['dsp_1'] }, { dispatchId: 'dsp_2' }, 0],
    [{ packageIds: ['pkg_2'], dispatchIds: ['dsp_1'] }, { dispatchId: 'dsp_1' }, 1],
    [{ packageIds: ['pkg_1'], dispatchIds: ['dsp_1'] }, { dispatchId: 'dsp_2' }, 1],
  ])('%j and an event of package pkg_1 with %j', async (scopes, ids, deliveries) => {
    const own = await api.schoolbell.addTenant();
    await addWebhook(own, { scopes });
    const body = { ...COMPLETED, data: { ...COMPLETED.data, ...ids } };
    expect((await own.api.post('/v1/events', body)).body.deliveries).toBe(deliveries);
  });
});

describe('the catalogue', () => {
  it('is listed with schema and example, for every key', async () => {
    const nobody = await api.tenant.apiWith();
    const { status, body } = await nobody.get('/v1/event-types');
    expect(status).toBe(200);
    expect(body.data).toHaveLength(15);
    const completed = body.data.find((one: { name: string }) => one.name === 'session.completed');
    expect(completed).toMatchObject({
      description: expect.any(String),
      schema: { type: 'object' },
      example: eventTypeNamed('session.completed')!.example,
    });
  });

  it('shows each type as the formats that carry it send it', async () => {
    const { body } = await api.tenant.api.get('/v1/event-types');
    for (const { name, example, examples } of body.data) {
      expect(examples[0]).toMatchObject({
        format: 'allureconnect',
        contentType: 'application/json',
      });
      expect(JSON.parse(examples[0].body)).toMatchObject({ type: name, data: example });
    }
  });

  it('has examples that can be posted', async () => {
    const { body } = await api.tenant.api.get('/v1/event-types');
    for (const { name, example, emittedBy } of body.data) {
      const { status } = await api.post({ type: name, data: example });
      expect([name, status]).toEqual([name, emittedBy === 'runtime' ? 202 : 422]);
    }
  });
});
