import { beforeAll, describe, expect, it } from 'vitest';
import { apiClient, seedKey } from '../support/index.js';
import { type ApiUnderTest, startApi, type TenantUnderTest } from './support/start-api.js';

let schoolbell: ApiUnderTest;
let tenant: TenantUnderTest;
let other: TenantUnderTest;

beforeAll(async () => {
  schoolbell = await startApi();
  [tenant, other] = [await schoolbell.addTenant(), await schoolbell.addTenant()];
  return () => schoolbell.stop();
});

/** An event without its package. */
const refusedEvent = (sessionId: string, more: object = {}) => ({
  type: 'session.completed',
  data: { sessionId, learnerId: 'lrn_1', completionStatus: 'completed' },
  ...more,
});

const event = (sessionId: string, more: object = {}) => ({
  type: 'session.completed',
  data: { sessionId, packageId: 'pkg_1', learnerId: 'lrn_1', completionStatus: 'completed' },
  ...more,
});

async function list(query = '', api = tenant.api): Promise<any[]> {
  const { status, body } = await api.get(`/v1/event-rejections?limit=100&${query}`);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body.data;
}

/** Refused posts are listed after about a second. */
const eventually = (query: string, api = tenant.api) =>
  expect.poll(() => list(query, api), { timeout: 10_000, interval: 100 });

const rawBody = (path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(schoolbell.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });

describe('the list of refused posts', () => {
  it('says when a post was refused, of which key, why, and what it was about', async () => {
    const answer = await tenant.api.post('/v1/events', refusedEvent('ses_shape'));
    expect(answer.status).toBe(422);
    await eventually('q=ses_shape').toEqual([
      {
        id: expect.stringMatching(/^rej_/),
        tenantId: tenant.tenantId,
        at: expect.stringMatching(/Z$/),
        operation: 'postEvent',
        status: 422,
        code: 'validation_failed',
        detail: answer.body.detail,
        errors: answer.body.errors,
        key: { prefix: tenant.tenantKey.slice(4, 16), name: 'test' },
        requestId: answer.body.requestId,
        events: 1,
        type: 'session.completed',
        sessionId: 'ses_shape',
        packageId: null,
        dispatchId: null,
        learnerId: 'lrn_1',
        leftOut: 0,
      },
    ]);
  });

  it('has every kind of refusal of events, launches and commits', async () => {
    const reader = await tenant.apiWith('events:read');
    await reader.post('/v1/events', event('ses_403'));
    await tenant.api.post('/v1/events', event('ses_mismatch', { tenantId: other.tenantId }));
    await tenant.api.post('/v1/events', event('ses_first', { idempotencyKey: 'kind-1' }));
    await tenant.api.post('/v1/events', event('ses_409', { idempotencyKey: 'kind-1' }));
    await tenant.api.post('/v1/events', event('ses_413', { data: { x: 'x'.repeat(300_000) } }));
    await tenant.api.post('/v1/events/batch', {
      events: [event('ses_b1'), refusedEvent('ses_b2')],
    });
    await tenant.api.post('/v1/scorm/launches', { sessionId: 'ses_launch', learnerId: 'lrn_1' });
    await tenant.api.post('/v1/scorm/commits', { sessionId: 'ses_commit', packageId: 'pkg_1' });
    const isNew = ({ sessionId }: any) => sessionId !== 'ses_shape';
    await expect.poll(async () => (await list()).filter(isNew).length, { timeout: 10_000 }).toBe(7);
    const rows = (await list()).filter(isNew).toReversed();
    const shown = rows.map(({ operation, status, code, events, type, sessionId }) => {
      return [operation, status, code, events, type, sessionId];
    });
    const completed = 'session.completed';
    expect(shown).toEqual([
      // Refused before its body was read.
      ['postEvent', 403, 'permission_denied', null, null, null],
      ['postEvent', 403, 'tenant_mismatch', 1, completed, 'ses_mismatch'],
      ['postEvent', 409, 'idempotency_conflict', 1, completed, 'ses_409'],
      ['postEvent', 413, 'body_too_large', null, null, null],
      ['postEventBatch', 422, 'validation_failed', 2, completed, 'ses_b2'],
      ['openLaunch', 422, 'validation_failed', 1, 'session.launched', 'ses_launch'],
      ['commit', 422, 'validation_failed', 1, null, 'ses_commit'],
    ]);
    // The other events of a batch are found too.
    expect(await list('q=ses_b1')).toMatchObject([{ sessionId: 'ses_b2' }]);
  });

  it('has posts with a key that was revoked or has expired, and no one else’s tries', async () => {
    const { tenantUuid } = tenant;
    const key = await seedKey(schoolbell.database, { tenantUuid });
    const prefix = key.slice(4, 16);
    await schoolbell.database.query('UPDATE api_keys SET revoked_at = now() WHERE prefix = $1', [
      prefix,
    ]);
    const revoked = apiClient(schoolbell.url, key);
    expect((await revoked.post('/v1/events', event('ses_401'))).status).toBe(401);
    const nobody = apiClient(schoolbell.url, `sbk_${'z'.repeat(43)}`);
    await nobody.post('/v1/events', event('ses_nobody'));
    await schoolbell.stranger.post('/v1/events', event('ses_stranger'));
    const unauthenticated = async (api = tenant.api) =>
      (await list('', api)).filter(({ status }) => status === 401);
    await expect
      .poll(() => unauthenticated(), { timeout: 10_000 })
      .toMatchObject([
        { key: { prefix, name: 'test' }, tenantId: tenant.tenantId, sessionId: null },
      ]);
    expect(await unauthenticated(schoolbell.platform)).toMatchObject([
      { key: null, tenantId: null },
      { key: { prefix: 'z'.repeat(12), name: null }, tenantId: null },
      { key: { prefix }, tenantId: tenant.tenantId },
    ]);
  });

  it('shows each tenant of a batch its own events alone', async () => {
    const events = [
      event('ses_mine', { tenantId: tenant.tenantId }),
      refusedEvent('ses_theirs', { tenantId: other.tenantId }),
    ];
    expect((await schoolbell.platform.post('/v1/events/batch', { events })).status).toBe(422);
    await eventually('q=ses_mine').toMatchObject([
      {
        sessionId: 'ses_mine',
        events: 1,
        errors: [],
        detail: expect.stringMatching(/^Another event of the same batch/),
      },
    ]);
    await eventually('q=ses_theirs', other.api).toMatchObject([
      { sessionId: 'ses_theirs', errors: [{ path: 'events[1].data.packageId' }] },
    ]);
    expect(await list('q=ses_theirs')).toEqual([]);
    expect(await list('q=ses_mine', other.api)).toEqual([]);
  });

  it('keeps a bounded number of each minute, and counts the others', async () => {
    const noisy = await schoolbell.addTenant();
    const posts = Array.from({ length: 100 }, (_, i) =>
      noisy.api.post('/v1/events', refusedEvent(`ses_${i}`)),
    );
    await Promise.all(posts);
    // A new minute may begin between them.
    const minutes = async () => {
      const byMinute = Map.groupBy(await list('', noisy.api), ({ at }) => at.slice(0, 16));
      return [...byMinute.values()].map((rows) => ({
        listed: rows.length,
        all: rows.reduce((sum, { leftOut }) => sum + 1 + leftOut, 0),
      }));
    };
    const accountedFor = async () => (await minutes()).reduce((sum, { all }) => sum + all, 0);
    await expect.poll(accountedFor, { timeout: 10_000 }).toBe(100);
    for (const { listed, all } of await minutes()) expect(listed).toBe(Math.min(60, all));
  });

  it('survives whatever a body is', async () => {
    const authorization = `Bearer ${tenant.tenantKey}`;
    for (const body of ['[]', 'null', '1', '"x"', '{"events":1}', '{"data":[{}],"type":{}}']) {
      for (const path of ['/v1/events', '/v1/events/batch', '/v1/scorm/commits']) {
        expect((await rawBody(path, body, { authorization })).status).toBe(422);
      }
    }
    const nul = '{"sessionId":"a\\u0000b","commit":{}}';
    expect((await rawBody('/v1/scorm/commits', nul, { authorization })).status).toBe(422);
    await tenant.api.post('/v1/events', refusedEvent('ses_after'));
    await eventually('q=ses_after').toHaveLength(1);
  });

  it('can be narrowed to a time, and read page by page', async () => {
    const all = await list();
    const [, second, third] = all;
    const page = await tenant.api.get('/v1/event-rejections?limit=1');
    const next = await tenant.api.get(
      `/v1/event-rejections?limit=1&cursor=${page.body.nextCursor}`,
    );
    expect(next.body.data).toEqual([second]);
    expect(await list(`to=${third.at}`)).toEqual(all.filter(({ at }) => at < third.at));
    expect(await list('to=2020-01-01T00:00:00Z')).toEqual([]);
    expect((await tenant.api.get('/v1/event-rejections?from=today')).status).toBe(422);
    const reader = await tenant.apiWith('deliveries:read');
    expect((await reader.get('/v1/event-rejections')).status).toBe(403);
  });
});
