import { describe, expect, it } from 'vitest';
import {
  apiClient,
  eventually,
  seedKey,
  seedTenant,
  Customer,
  SharedWorld,
} from '../support/index.js';
import { addDeadLetters } from './support/dead-letters.js';

// The pages that people look at before they look for one delivery.

const world = new SharedWorld();

/** A new tenant, so that only one test's events are counted. */
const newCustomer = async () => {
  const { apiUrl, platformKey, database } = world.schoolbell;
  const { tenantId, tenantKey } = await seedTenant(database);
  return new Customer({ apiUrl, platformKey, tenantId, tenantKey });
};
const query = (of: object) => `?${new URLSearchParams(of as Record<string, string>)}`;

describe('the stats of a tenant', () => {
  it('count attempts and what waits, by the hour, and tell how each webhook is doing', async () => {
    const customer = await newCustomer();
    const well = await customer.webhook(world.receiver.url);
    const idle = await customer.webhook(world.receiver.url);
    const paused = await customer.webhook(world.receiver.url, { status: 'paused' });
    await customer.completes(well);
    await customer.completes(paused);
    await customer.deliveryIs(well, 'delivered');
    world.receiver.respondWith(500);
    const failing = await customer.webhook(world.receiver.url, { retrySchedule: [3600] });
    await customer.completes(failing);
    await eventually(async () => {
      const { lastAttempt } = await customer.delivery(failing);
      if (!lastAttempt) throw new Error('not yet');
    });

    const { status, body } = await customer.api.get('/v1/stats?window=1h');
    expect(status).toBe(200);
    const counts = {
      outcomes: { delivered: 1, failed: 1, interrupted: 0 },
      successRate: 0.5,
      responseTimeMs: { p50: expect.any(Number), p95: expect.any(Number), p99: expect.any(Number) },
      backlog: 2,
    };
    expect(body).toMatchObject({ window: '1h', ...counts, countedUntil: body.to });
    expect(body.series).toHaveLength(2);
    const busy = body.series.filter(({ successRate }: { successRate: unknown }) => successRate);
    expect(busy).toMatchObject([{ at: expect.any(String), ...counts, backlog: expect.anything() }]);
    expect(body.webhooks).toEqual([
      { webhookId: failing.id, health: 'failing' },
      { webhookId: paused.id, health: 'paused' },
      { webhookId: idle.id, health: 'idle' },
      { webhookId: well.id, health: 'ok' },
    ]);
    const listed = (await customer.api.get('/v1/webhooks')).body.data;
    expect(listed.map(({ health }: { health: string }) => health)).toEqual([
      'failing',
      'paused',
      'idle',
      'ok',
    ]);
    expect((await customer.api.get(`/v1/webhooks/${well.id}`)).body.health).toBe('ok');
    expect((await customer.api.get('/v1/stats?window=2h')).status).toBe(422);
  });
});

describe('dead letters in groups', () => {
  it('are counted by webhook and error, the largest first, each with its newest as the example', async () => {
    const customer = await newCustomer();
    const one = await customer.webhook(world.receiver.url);
    const other = await customer.webhook(world.receiver.url);
    const die = (webhook: { id: string }, count: number, settings = {}) =>
      addDeadLetters(world.schoolbell.database, webhook.id, count, settings);
    await die(one, 4, { responseStatus: 503, age: 120 });
    await die(one, 1, { responseStatus: 503, age: 5 });
    await die(one, 2, { responseStatus: 404 });
    await die(other, 3, { errorCode: 'timeout', responseStatus: null });

    const groups = async (of: object = {}) =>
      (await customer.api.get(`/v1/dead-letters/groups${query(of)}`)).body;
    const all = await groups();
    expect(all).toMatchObject({
      complete: true,
      data: [
        { webhookId: one.id, errorCode: 'http_status', responseStatus: 503, count: 5 },
        { webhookId: other.id, errorCode: 'timeout', responseStatus: null, count: 3 },
        { webhookId: one.id, errorCode: 'http_status', responseStatus: 404, count: 2 },
      ],
    });
    const [largest] = all.data;
    const minutes = (Date.parse(largest.last) - Date.parse(largest.first)) / 60_000;
    expect(minutes).toBeCloseTo(115, 0);
    const [newest] = (
      await customer.api.get('/v1/dead-letters?responseStatus=503&errorCode=http_status')
    ).body.data;
    expect(largest.example).toEqual(newest);

    const byWebhook = (await groups({ by: 'webhook' })).data;
    expect(byWebhook).toMatchObject([
      { webhookId: one.id, count: 7 },
      { webhookId: other.id, count: 3 },
    ]);
    expect(byWebhook[0]).not.toHaveProperty('errorCode');
    expect((await groups({ by: 'error', webhookId: one.id })).data).toHaveLength(2);
    expect((await groups({ q: largest.example.id })).data).toMatchObject([{ count: 1 }]);
    const from = new Date(Date.now() - 60 * 60_000).toISOString();
    expect((await groups({ from, responseStatus: '503' })).data).toMatchObject([{ count: 1 }]);
    for (const by of ['', 'tenant', 'webhook,webhook']) {
      expect((await customer.api.get(`/v1/dead-letters/groups?by=${by}`)).status, by).toBe(422);
    }

    const group = { webhookId: one.id, responseStatus: 503, errorCode: 'http_status' };
    const retry = await customer.api.post('/v1/dead-letters/retry', group);
    expect(await customer.ended(retry.body.id)).toMatchObject({ total: 5, done: 5 });
    const discard = await customer.api.post('/v1/dead-letters/discard', { responseStatus: 404 });
    expect(await customer.ended(discard.body.id)).toMatchObject({ total: 2, done: 2 });
    expect((await groups()).data).toMatchObject([{ errorCode: 'timeout', count: 3 }]);
  });
});

describe('the preview of a webhook', () => {
  const preview = (settings: object = {}) =>
    world.customer.api.post('/v1/webhooks/preview', settings);

  it('is what a test then sends, but for ids and times', async () => {
    const settings = {
      url: world.receiver.url,
      events: ['session.completed'],
      headers: { 'X-Team': '{{type}}', 'X-Api-Key': 'private' },
      secret: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD5Ck0DXF5Yqk=',
    };
    const { status, body } = await preview(settings);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      type: 'session.completed',
      format: 'allureconnect',
      url: world.receiver.url,
      unsent: null,
      filterError: null,
    });
    const webhook = (await world.customer.api.post('/v1/webhooks', settings)).body;
    const tested = (await world.customer.api.post(`/v1/webhooks/${webhook.id}/test`)).body;
    const { headers, body: sent } = tested.attempt.request;
    const { 'X-Schoolbell-Test': _, ...sentHeaders } = headers;
    expect(Object.keys(body.headers)).toEqual(Object.keys(sentHeaders));
    expect(body.headers['X-Team']).toBe('session.completed');
    expect(body.headers['webhook-signature']).toMatch(/^v1,/);
    const { id: shownId, createdAt: shownAt, ...shown } = JSON.parse(body.body);
    const { id, createdAt, ...rest } = JSON.parse(sent);
    expect(shown).toEqual(rest);
    expect([shownId, shownAt]).not.toEqual([id, createdAt]);
    expect(JSON.stringify(body)).not.toContain('private');
    expect(world.receiver.requests).toHaveLength(1);
  });

  it('stores nothing, and needs to read webhooks only', async () => {
    const { tenantUuid, database, apiUrl } = world.schoolbell;
    const key = await seedKey(database, { tenantUuid, permissions: ['webhooks:read'] });
    const count = () =>
      database.query(
        `SELECT (SELECT count(*)::integer FROM webhooks WHERE tenant_id = $1) AS webhooks,
           (SELECT count(*)::integer FROM events WHERE tenant_id = $1) AS events`,
        [tenantUuid],
      );
    const before = await count();
    expect((await apiClient(apiUrl, key).post('/v1/webhooks/preview', {})).status).toBe(200);
    expect(await count()).toEqual(before);
  });

  it.each([
    ['not_listed', { events: ['session.launched'], type: 'session.completed' }, true],
    ['not_carried', { format: 'scorm-api', type: 'user.created' }, false],
    ['filtered', { filter: 'data.scoreScaled > 2' }, true],
    ['template_failed', { format: 'custom', template: '$error("no")' }, false],
  ])('says when an event would not be sent: %s', async (reason, settings, hasBody) => {
    const { status, body } = await preview(settings);
    expect([status, body.unsent?.reason]).toEqual([200, reason]);
    expect(body.body !== null).toBe(hasBody);
    expect(body.headers !== null).toBe(hasBody);
  });

  it('renders a template with the ids of the request, and bears a filter that fails', async () => {
    const { body } = await preview({
      format: 'custom',
      template: '{"id": id, "who": data.learnerId}',
      filter: 'data.learnerId > 1',
    });
    const { id, who } = JSON.parse(body.body);
    expect(body.headers['webhook-id']).toBe(id);
    expect(who).toEqual(expect.any(String));
    expect(body).toMatchObject({ unsent: null, filterError: expect.any(String) });
  });

  it('shows a batch as one, and no password', async () => {
    const batch = await preview({
      format: 'cloudevents',
      delivery: { mode: 'batch', maxEvents: 10, intervalSeconds: 5 },
    });
    expect(batch.status).toBe(200);
    expect(JSON.parse(batch.body.body)).toEqual([expect.objectContaining({ specversion: '1.0' })]);
    const form = await preview({
      format: 'scorm-cloud',
      authentication: { type: 'form', username: 'me', password: 'very private' },
    });
    expect(form.status).toBe(200);
    expect(JSON.stringify(form.body)).not.toContain('very private');
  });

  it('judges settings as a registration does', async () => {
    for (const settings of [
      { url: 'ftp://example.com' },
      { events: ['no.such'] },
      { type: 'no.such' },
      { format: 'custom' },
      { filter: 'data.(' },
      { timeoutSeconds: 31 },
      { secret: 'short' },
      { colour: 'red' },
    ]) {
      const { status, body } = await preview(settings);
      expect([status, body.code], JSON.stringify(settings)).toEqual([422, 'validation_failed']);
    }
  });
});
