import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { apiClient, seedKey, seedTenant, SharedWorld, type OwnWebhook } from '../support/index.js';

const world = new SharedWorld();
let webhook: OwnWebhook;
let learnerId: string;

beforeEach(async () => {
  webhook = await world.customer.webhook(world.receiver.url);
  learnerId = `lrn_${randomUUID()}`;
});

const api = () => world.customer.api;
const erase = (body: object = {}) => api().post('/v1/erasures', { learnerId, ...body });
const completes = () =>
  world.customer.reports('session.completed', {
    packageId: webhook.packageId,
    completionStatus: 'completed',
    learnerId,
  });
const clientWith = async (...permissions: string[]) => {
  const { tenantUuid } = world.schoolbell;
  const key = await seedKey(world.schoolbell.database, { tenantUuid, permissions });
  return apiClient(world.schoolbell.apiUrl, key);
};

describe('a learner’s wish to be forgotten', () => {
  it('leaves what happened and when, and nothing of what it was about', async () => {
    world.receiver.respondWith({ status: 200, body: `thanks, ${learnerId}` });
    const eventId = await completes();
    const before = await world.customer.deliveryIs(webhook, 'delivered');
    const event = (await api().get(`/v1/events/${eventId}`)).body;

    const { status, body } = await erase();
    expect(status).toBe(202);
    expect(body).toEqual({
      id: expect.stringMatching(/^op_/),
      kind: 'erasure',
      status: 'running',
      total: 1,
      done: 0,
      failed: 0,
      createdAt: expect.any(String),
      finishedAt: null,
    });
    expect(await world.customer.ended(body.id)).toMatchObject({ status: 'completed', done: 1 });

    const erased = { erased: true, erasedAt: expect.any(String) };
    const after = (await api().get(`/v1/events/${eventId}`)).body;
    const ids = { sessionId: null, learnerId: null };
    expect(after).toEqual({
      ...event,
      ...ids,
      data: null,
      ...erased,
      deliveries: expect.any(Array),
    });
    const listed = (await api().get('/v1/events')).body.data;
    expect(listed.find(({ id }: { id: string }) => id === eventId)).toMatchObject(erased);
    const delivery = await world.customer.delivery(webhook);
    expect(delivery).toMatchObject({ id: before.id, status: 'delivered', ...erased });
    expect(delivery.attempts).toMatchObject([
      {
        outcome: 'delivered',
        request: { headers: {}, body: null },
        response: { status: 200, headers: {}, body: '' },
      },
    ]);
    expect(JSON.stringify([after, delivery])).not.toContain(learnerId);
    expect((await api().get(`/v1/deliveries?q=${learnerId}`)).body.data).toEqual([]);
  });

  it('refuses a retry, and says why', async () => {
    await completes();
    const { id } = await world.customer.deliveryIs(webhook, 'delivered');
    await world.customer.ended((await erase()).body.id);
    const { status, body } = await api().post(`/v1/deliveries/${id}/retry`);
    expect(status).toBe(409);
    expect(body).toMatchObject({ code: 'event_erased' });
  });

  it('discards what waits, or has it sent first', async () => {
    await api().post(`/v1/webhooks/${webhook.id}/pause`);
    await completes();
    await world.customer.ended((await erase({ waiting: 'discard' })).body.id);
    expect(await world.customer.delivery(webhook)).toMatchObject({
      status: 'discarded',
      discardReason: 'erased',
    });

    const other = await world.customer.webhook(world.receiver.url, { status: 'paused' });
    await world.customer.reports('session.completed', {
      packageId: other.packageId,
      completionStatus: 'completed',
      learnerId,
    });
    const { body } = await erase({ waiting: 'send' });
    await api().post(`/v1/webhooks/${other.id}/resume`);
    await world.receiver.waitFor(1);
    expect(await world.customer.ended(body.id)).toMatchObject({ status: 'completed', done: 1 });
    expect(await world.customer.delivery(other)).toMatchObject({
      status: 'delivered',
      erased: true,
    });
  });

  it('also forgets where the learner stands in SCORM packages', async () => {
    const sessionId = `ses_${randomUUID()}`;
    const commitUrl = await world.customer.launches({ sessionId, packageId: 'pkg_1', learnerId });
    await world.customer.ended((await erase()).body.id);
    expect((await api().get(`/v1/scorm/sessions/${sessionId}`)).status).toBe(404);
    const commit = await fetch(commitUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"cmi":{"core":{"lesson_status":"completed"}}}',
    });
    expect(commit.status).toBe(404);
  });

  it('is asked for and cancelled by whoever may manage users', async () => {
    const developer = await clientWith('deliveries:read', 'deliveries:write');
    expect((await developer.post('/v1/erasures', { learnerId })).status).toBe(403);
    await api().post(`/v1/webhooks/${webhook.id}/pause`);
    await completes();
    const { body } = await erase({ waiting: 'send' });
    const path = `/v1/operations/${body.id}/cancel`;
    expect((await developer.post(path)).body).toMatchObject({ code: 'permission_denied' });
    expect((await api().post(path)).body).toMatchObject({ status: 'cancelled' });
  });

  it.each([
    ['no learner', { learnerId: undefined }],
    ['an empty id', { learnerId: '' }],
    ['an id with a line end', { learnerId: 'a\nb' }],
    ['a learner that is no text', { learnerId: 7 }],
    ['a choice that there is not', { waiting: 'keep' }],
    ['a field that there is not', { from: '2026-01-01T00:00:00Z' }],
  ])('is refused with %s', async (_what, body) => {
    expect(await erase(body)).toMatchObject({ status: 422, body: { code: 'validation_failed' } });
  });
});

describe('the list of operations', () => {
  it('shows those of the tenant, newest first and page by page, by status and kind', async () => {
    const seeded = await seedTenant(world.schoolbell.database);
    const tenant = apiClient(world.schoolbell.apiUrl, seeded.tenantKey);
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) {
      ids.unshift((await tenant.post('/v1/dead-letters/discard', {})).body.id);
    }
    const erasure = (await tenant.post('/v1/erasures', { learnerId })).body.id;
    const all = [erasure, ...ids];
    const idsOf = ({ body }: { body: { data: { id: string }[] } }) => body.data.map(({ id }) => id);
    expect(idsOf(await tenant.get('/v1/operations'))).toEqual(all);
    const first = await tenant.get('/v1/operations?limit=3');
    expect(idsOf(first)).toEqual(all.slice(0, 3));
    const cursor = encodeURIComponent(first.body.nextCursor);
    const second = await tenant.get(`/v1/operations?limit=3&cursor=${cursor}`);
    expect(idsOf(second)).toEqual(all.slice(3));
    expect(idsOf(await tenant.get('/v1/operations?kind=erasure'))).toEqual([erasure]);
    expect(idsOf(await tenant.get('/v1/operations?status=completed&kind=discard'))).toEqual(ids);
    expect((await tenant.get('/v1/operations?status=over')).status).toBe(422);
    expect(idsOf(await api().get('/v1/operations'))).not.toContain(erasure);
  });

  it('has those that run, for as long as they do', async () => {
    await api().post(`/v1/webhooks/${webhook.id}/pause`);
    await completes();
    const { id } = (await erase({ waiting: 'send' })).body;
    const running = async () => (await api().get('/v1/operations?status=running')).body.data;
    expect(await running()).toMatchObject([{ id, kind: 'erasure', status: 'running' }]);
    await api().post(`/v1/operations/${id}/cancel`);
    expect(await running()).toEqual([]);
  });
});
