import { eventTypeNamed } from '@schoolbell/catalogue';
import { toTypeId, uuidV7 } from '@schoolbell/delivery';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type ApiUnderTest, type TenantUnderTest } from './support/start-api.js';
import { addWebhook } from './support/add-webhook.js';

let schoolbell: ApiUnderTest;
let tenant: TenantUnderTest;

beforeAll(async () => {
  schoolbell = await startApi();
  tenant = await schoolbell.addTenant();
});

afterAll(() => schoolbell?.stop());

const SESSION = { sessionId: 'sess_1', packageId: 'pkg_1', learnerId: 'learner-1' };
const COMPLETED = {
  type: 'session.completed',
  data: { ...SESSION, completionStatus: 'completed' },
};

const post = (body: unknown, headers?: Record<string, string>) =>
  tenant.api.post('/v1/events', body, headers);

const countOf = async (table: string, tenantUuid = tenant.tenantUuid): Promise<number> => {
  const [row] = await schoolbell.database.query<{ count: string }>(
    `SELECT count(*) FROM ${table} WHERE tenant_id = $1`,
    [tenantUuid],
  );
  return Number(row!.count);
};

const pathsOf = (body: { errors: { path: string }[] }) => body.errors.map(({ path }) => path);

describe('posting an event', () => {
  it('answers 202 with its id and the number of webhooks it goes to', async () => {
    const own = await schoolbell.addTenant();
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

  it('keeps fields that the catalogue does not know, and maps SCORM 1.2', async () => {
    const data = {
      ...SESSION,
      lessonStatus: 'passed',
      totalTime: '0000:12:34.00',
      house: { x: [1] },
    };
    const { body } = await post({ ...COMPLETED, data });
    const { body: event } = await tenant.api.get(`/v1/events/${body.id}`);
    expect(event).toMatchObject({
      type: 'session.completed',
      tenantId: tenant.tenantId,
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
    const timed = await post({ ...COMPLETED, occurredAt: '2026-04-10T16:32:00.1234+02:00' });
    const untimed = await post(COMPLETED);
    const { body: one } = await tenant.api.get(`/v1/events/${timed.body.id}`);
    const { body: two } = await tenant.api.get(`/v1/events/${untimed.body.id}`);
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
    const before = await countOf('events');
    const answer = await post(body);
    expect(answer).toMatchObject({ status: 422, body: { code: 'validation_failed', status: 422 } });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(pathsOf(answer.body)).toEqual(paths);
    expect(await countOf('events')).toBe(before);
  });

  it('says where the types are listed when it does not know one', async () => {
    const { status, body } = await post({ type: 'session.created', data: {} });
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
    expect(await post(body)).toMatchObject({ status: 400, body: { code: 'malformed_json' } });
  });

  it('refuses more than 256 KiB with 413', async () => {
    const body = { ...COMPLETED, data: { ...COMPLETED.data, note: 'x'.repeat(256 * 1024) } };
    expect(await post(body)).toMatchObject({ status: 413, body: { code: 'body_too_large' } });
  });
});

describe('whose event it is', () => {
  it('is that of the tenant key, which may name it', async () => {
    expect((await post({ ...COMPLETED, tenantId: tenant.tenantId })).status).toBe(202);
  });

  it('is never another tenant’s for a tenant key', async () => {
    const other = await schoolbell.addTenant();
    const inBody = await post({ ...COMPLETED, tenantId: other.tenantId });
    const inHeader = await post(COMPLETED, { 'X-Tenant-Id': other.tenantId });
    for (const answer of [inBody, inHeader]) {
      expect(answer).toMatchObject({ status: 403, body: { code: 'tenant_mismatch' } });
    }
    expect(await countOf('events', other.tenantUuid)).toBe(0);
  });

  it('is named by a platform key, in the header or in the event', async () => {
    const own = await schoolbell.addTenant();
    const { platform } = schoolbell;
    const answers = [
      await platform.post('/v1/events', COMPLETED, { 'X-Tenant-Id': own.tenantId }),
      await platform.post('/v1/events', { ...COMPLETED, tenantId: own.tenantId }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    expect(await countOf('events', own.tenantUuid)).toBe(2);
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
    const answer = await schoolbell.platform.post('/v1/events', body, headers);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('cannot be two tenants’ at once', async () => {
    const other = await schoolbell.addTenant();
    const answer = await schoolbell.platform.post(
      '/v1/events',
      { ...COMPLETED, tenantId: other.tenantId },
      { 'X-Tenant-Id': tenant.tenantId },
    );
    expect(answer.status).toBe(422);
    expect(pathsOf(answer.body)).toEqual(['tenantId']);
  });

  it('needs a key with events:write', async () => {
    const reader = await tenant.apiWith('events:read');
    expect(await reader.post('/v1/events', COMPLETED)).toMatchObject({ status: 403 });
    expect(await schoolbell.stranger.post('/v1/events', COMPLETED)).toMatchObject({ status: 401 });
  });
});

describe('idempotency', () => {
  it('answers a repeat with the first event, whether the key is in the body or in the header', async () => {
    const own = await schoolbell.addTenant();
    await addWebhook(own);
    const send = (body: object, headers = {}) => own.api.post('/v1/events', body, headers);
    const first = await send({ ...COMPLETED, idempotencyKey: 'k-1' });
    const answers = [
      await send({ ...COMPLETED, idempotencyKey: 'k-1' }),
      await send(COMPLETED, { 'Idempotency-Key': 'k-1' }),
      await send({ ...COMPLETED, idempotencyKey: 'k-1' }, { 'Idempotency-Key': 'k-1' }),
    ];
    expect(first.body).toMatchObject({ duplicate: false, deliveries: 1 });
    for (const { status, body } of answers) {
      expect(status).toBe(202);
      expect(body).toEqual({ id: first.body.id, duplicate: true, deliveries: 1 });
    }
    expect(await countOf('deliveries', own.tenantUuid)).toBe(1);
  });

  it.each([
    ['other data', { ...COMPLETED, data: { ...COMPLETED.data, scoreRaw: 1 } }],
    ['another type', { ...COMPLETED, type: 'session.progress' }],
    ['another time', { ...COMPLETED, occurredAt: '2026-01-01T00:00:00Z' }],
  ])('refuses the same key with %s', async (name, body) => {
    await post({ ...COMPLETED, idempotencyKey: name });
    const answer = await post({ ...body, idempotencyKey: name });
    expect(answer).toMatchObject({ status: 409, body: { code: 'idempotency_conflict' } });
  });

  it('refuses two keys for one event, and a bad one in the header', async () => {
    const two = await post({ ...COMPLETED, idempotencyKey: 'a' }, { 'Idempotency-Key': 'b' });
    const long = await post(COMPLETED, { 'Idempotency-Key': 'k'.repeat(256) });
    expect([two.status, pathsOf(two.body)]).toEqual([422, ['idempotencyKey']]);
    expect([long.status, pathsOf(long.body)]).toEqual([422, ['Idempotency-Key']]);
  });

  it('lets one of twenty posts of the same instant through', async () => {
    const own = await schoolbell.addTenant();
    await addWebhook(own);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        own.api.post('/v1/events', { ...COMPLETED, idempotencyKey: 'same' }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(answers.filter(({ body }) => !body.duplicate)).toHaveLength(1);
    expect(await countOf('deliveries', own.tenantUuid)).toBe(1);
  });
});

describe('the fingerprint', () => {
  const at = (occurredAt: string, data: object = COMPLETED.data) =>
    post({ type: 'session.completed', data, occurredAt, dedupe: 'fingerprint' });

  it('knows a completion that is reported twice, and tells a later one apart', async () => {
    const session = { ...COMPLETED.data, sessionId: 'sess_fp' };
    const first = await at('2026-04-10T14:32:00Z', session);
    const again = await at('2026-04-10T16:32:00.000+02:00', { ...session, scoreRaw: 5 });
    const later = await at('2026-05-10T14:32:00Z', session);
    const other = await at('2026-04-10T14:32:00Z', { ...session, sessionId: 'sess_fp2' });
    expect(again.body).toMatchObject({ id: first.body.id, duplicate: true });
    expect([later.body.duplicate, other.body.duplicate]).toEqual([false, false]);
  });

  it('takes user and course where there is no session', async () => {
    const send = (completedAt: string) =>
      post({
        type: 'enrollment.completed',
        dedupe: 'fingerprint',
        data: { enrollmentId: uuidV7(), userId: 'u-1', courseId: 'c-1', completedAt },
      });
    const first = await send('2026-04-10T14:32:00Z');
    expect((await send('2026-04-10T14:32:00Z')).body).toMatchObject({ id: first.body.id });
    expect((await send('2027-04-10T14:32:00Z')).body.duplicate).toBe(false);
  });

  it.each([
    ['a time', COMPLETED],
    [
      'a session or a user and course',
      {
        type: 'package.updated',
        data: { packageId: 'p', version: '2' },
        occurredAt: '2026-04-10T14:32:00Z',
      },
    ],
    ['to be alone', { ...COMPLETED, occurredAt: '2026-04-10T14:32:00Z', idempotencyKey: 'k' }],
  ])('needs %s', async (_, body) => {
    const answer = await post({ ...body, dedupe: 'fingerprint' });
    expect([answer.status, pathsOf(answer.body)]).toEqual([422, ['dedupe']]);
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
    const own = await schoolbell.addTenant();
    await addWebhook(own, { scopes });
    const body = { ...COMPLETED, data: { ...COMPLETED.data, ...ids } };
    expect((await own.api.post('/v1/events', body)).body.deliveries).toBe(deliveries);
  });
});

describe('a batch', () => {
  const batch = (events: unknown[], headers?: Record<string, string>) =>
    tenant.api.post('/v1/events/batch', { events }, headers);

  it('of a thousand events is accepted in order', async () => {
    const own = await schoolbell.addTenant();
    await addWebhook(own, { scopes: { packageIds: ['pkg_7'] } });
    const events = Array.from({ length: 1000 }, (_, i) => ({
      ...COMPLETED,
      data: { ...COMPLETED.data, packageId: `pkg_${i % 10}` },
    }));
    const { status, body } = await own.api.post('/v1/events/batch', { events });
    expect(status).toBe(202);
    expect(body.data).toHaveLength(1000);
    expect(body.data.map((one: { deliveries: number }) => one.deliveries)).toEqual(
      events.map((_, i) => (i % 10 === 7 ? 1 : 0)),
    );
    const { body: last } = await own.api.get(`/v1/events/${body.data[999].id}`);
    expect(last.data.packageId).toBe('pkg_9');
    expect(await countOf('events', own.tenantUuid)).toBe(1000);
  });

  it('with faults is refused as a whole, and each fault has its index', async () => {
    const before = await countOf('events');
    const { status, body } = await batch([
      COMPLETED,
      { ...COMPLETED, data: { ...COMPLETED.data, packageId: 7 } },
      'nonsense',
      { type: 'session.created', data: {} },
      { ...COMPLETED, occurredAt: 'yesterday' },
      COMPLETED,
    ]);
    expect([status, body.code]).toEqual([422, 'validation_failed']);
    expect(pathsOf(body)).toEqual([
      'events[1].data.packageId',
      'events[2]',
      'events[3].type',
      'events[4].occurredAt',
    ]);
    expect(await countOf('events')).toBe(before);
  });

  it.each<[string, unknown, string]>([
    ['nothing', { events: [] }, 'events'],
    ['more than a thousand', { events: Array.from({ length: 1001 }, () => COMPLETED) }, 'events'],
    ['no list', { events: COMPLETED }, 'events'],
    ['another field', { events: [COMPLETED], mode: 'fast' }, 'mode'],
  ])('with %s is refused', async (_, body, path) => {
    const answer = await tenant.api.post('/v1/events/batch', body);
    expect([answer.status, pathsOf(answer.body)]).toEqual([422, [path]]);
  });

  it('answers repeats with the first event, also within itself', async () => {
    const keyed = { ...COMPLETED, idempotencyKey: 'batch-1' };
    const { body: first } = await batch([keyed, COMPLETED, keyed]);
    expect(first.data[2]).toMatchObject({ id: first.data[0].id, duplicate: true });
    const { body: again } = await batch([COMPLETED, keyed]);
    expect(again.data[1]).toMatchObject({ id: first.data[0].id, duplicate: true });
  });

  it('with a used key is a conflict that names the event, and stores nothing', async () => {
    await post({ ...COMPLETED, idempotencyKey: 'batch-2' });
    const before = await countOf('events');
    const other = { ...COMPLETED, occurredAt: '2026-01-01T00:00:00Z', idempotencyKey: 'batch-2' };
    const { status, body } = await batch([COMPLETED, other]);
    expect([status, body.code]).toEqual([409, 'idempotency_conflict']);
    expect(pathsOf(body)).toEqual(['events[1].idempotencyKey']);
    expect(await countOf('events')).toBe(before);
  });

  it('of a platform key may be of many tenants, all of which must exist', async () => {
    const [one, two] = [await schoolbell.addTenant(), await schoolbell.addTenant()];
    const of = (tenantId?: string) => ({ ...COMPLETED, tenantId });
    const { platform } = schoolbell;
    const good = await platform.post('/v1/events/batch', {
      events: [of(one.tenantId), of(two.tenantId)],
    });
    expect(good.status).toBe(202);
    const bad = await platform.post('/v1/events/batch', {
      events: [of(one.tenantId), of(), of('acme')],
    });
    expect([bad.status, pathsOf(bad.body)]).toEqual([
      422,
      ['events[1].tenantId', 'events[2].tenantId'],
    ]);
    const unknown = await platform.post('/v1/events/batch', {
      events: [of(one.tenantId), of(toTypeId('tenant', uuidV7()))],
    });
    expect([unknown.status, pathsOf(unknown.body)]).toEqual([422, ['events[1].tenantId']]);
    expect(await countOf('events', one.tenantUuid)).toBe(1);
  });

  it('of a tenant key may not name another tenant', async () => {
    const other = await schoolbell.addTenant();
    const answer = await batch([COMPLETED, { ...COMPLETED, tenantId: other.tenantId }]);
    expect(answer).toMatchObject({ status: 403, body: { code: 'tenant_mismatch' } });
  });

  it('has no key of its own', async () => {
    expect((await batch([COMPLETED], { 'Idempotency-Key': 'k' })).status).toBe(422);
  });

  it('may be larger than a single event, to 4 MiB', async () => {
    const large = { ...COMPLETED, data: { ...COMPLETED.data, note: 'x'.repeat(200_000) } };
    expect((await batch(Array.from({ length: 15 }, () => large))).status).toBe(202);
    expect((await batch(Array.from({ length: 25 }, () => large))).status).toBe(413);
    const huge = { ...COMPLETED, data: { ...COMPLETED.data, note: 'x'.repeat(300_000) } };
    const refused = await batch([COMPLETED, huge]);
    expect([refused.status, pathsOf(refused.body)]).toEqual([422, ['events[1].data']]);
  });
});

describe('the catalogue', () => {
  it('is listed with schema and example, for every key', async () => {
    const nobody = await tenant.apiWith();
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

  it('has examples that can be posted', async () => {
    const { body } = await tenant.api.get('/v1/event-types');
    for (const { name, example, emittedBy } of body.data) {
      const { status } = await post({ type: name, data: example });
      expect([name, status]).toEqual([name, emittedBy === 'runtime' ? 202 : 422]);
    }
  });
});
