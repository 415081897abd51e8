import { fromTypeId, toTypeId, uuidV7 } from '@schoolbell/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addWebhook } from './support/add-webhook.js';
import { startApi, type ApiUnderTest, type TenantUnderTest } from './support/start-api.js';

let schoolbell: ApiUnderTest;

beforeAll(async () => {
  schoolbell = await startApi();
});

afterAll(() => schoolbell?.stop());

type Row = { id: string; status: string; eventId: string; webhookId: string };

const uuidOf = (deliveryId: string): string => fromTypeId('delivery', deliveryId)!;

/** Posts one event and returns its delivery to the tenant's only webhook. */
async function deliver(tenant: TenantUnderTest, data: object = {}): Promise<Row> {
  const event = await tenant.api.post('/v1/events', {
    type: 'session.completed',
    data: {
      sessionId: 'sess_1',
      packageId: 'pkg_1',
      learnerId: 'lrn_1',
      completionStatus: 'completed',
      ...data,
    },
  });
  const { body } = await tenant.api.get(`/v1/events/${event.body.id}`);
  return body.deliveries[0];
}

/** Writes what the dispatcher writes when a delivery ends. */
async function end(delivery: Row, status: 'delivered' | 'dead', responseStatus: number) {
  const id = uuidOf(delivery.id);
  const { database } = schoolbell;
  await database.query('DELETE FROM due_deliveries WHERE delivery_id = $1', [id]);
  await database.query(
    `UPDATE deliveries SET status = $2, dead_at = CASE WHEN $2 = 'dead' THEN now() END,
       next_attempt_at = NULL, attempt_count = 1, last_attempt_at = now(), last_response_status = $3,
       last_error_code = CASE WHEN $2 = 'dead' THEN 'http_status' END, last_duration_ms = 12
     WHERE id = $1`,
    [id, status, responseStatus],
  );
}

async function idsOf(tenant: TenantUnderTest, query: string, path = '/v1/deliveries') {
  const { status, body } = await tenant.api.get(`${path}?${query}`);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body.data.map(({ id }: Row) => id);
}

describe('the delivery log', () => {
  it('shows a row as documented', async () => {
    const tenant = await schoolbell.addTenant();
    const webhookId = await addWebhook(tenant);
    const { id, eventId } = await deliver(tenant);
    const { body } = await tenant.api.get('/v1/deliveries');
    expect(body).toEqual({
      data: [
        {
          id,
          tenantId: tenant.tenantId,
          eventId,
          eventType: 'session.completed',
          webhookId,
          status: 'pending',
          test: false,
          attemptCount: 0,
          nextAttemptAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
          lastAttempt: null,
          fallback: null,
          createdAt: expect.any(String),
          updatedAt: expect.any(String),
        },
      ],
      nextCursor: null,
    });
  });

  it('shows the last attempt', async () => {
    const tenant = await schoolbell.addTenant();
    await addWebhook(tenant);
    const delivery = await deliver(tenant);
    await end(delivery, 'dead', 500);
    const { body } = await tenant.api.get(`/v1/deliveries/${delivery.id}`);
    expect(body).toMatchObject({
      status: 'dead',
      nextAttemptAt: null,
      lastAttempt: {
        at: expect.any(String),
        responseStatus: 500,
        errorCode: 'http_status',
        durationMs: 12,
      },
      attempts: [],
    });
  });

  it('says whom its deliveries are about, to those who ask', async () => {
    const tenant = await schoolbell.addTenant();
    const webhookId = await addWebhook(tenant);
    const { id, eventId } = await deliver(tenant, { learnerId: 'lrn_7', dispatchId: 'dsp_7' });
    await end(await deliver(tenant), 'dead', 500);
    const event = {
      sessionId: 'sess_1',
      packageId: 'pkg_1',
      dispatchId: 'dsp_7',
      learnerId: 'lrn_7',
      occurredAt: expect.stringMatching(/^\d{4}-.*Z$/),
    };
    const asked = async (path: string) => (await tenant.api.get(path)).body;
    for (const list of ['/v1/deliveries', `/v1/webhooks/${webhookId}/deliveries`]) {
      const [, first] = (await asked(`${list}?expand=event`)).data;
      expect(first, list).toMatchObject({ id, event });
    }
    const [dead] = (await asked('/v1/dead-letters?expand=event')).data;
    expect(dead).toMatchObject({ status: 'dead', event: { learnerId: 'lrn_1', dispatchId: null } });
    const one = await asked(`/v1/deliveries/${id}?expand=event`);
    expect(one).toMatchObject({ id, attempts: [], event });
    expect(await asked(`/v1/deliveries/${id}`)).not.toHaveProperty('event');

    await schoolbell.database.query('DELETE FROM events WHERE id = $1', [
      fromTypeId('event', eventId),
    ]);
    expect(await asked(`/v1/deliveries/${id}?expand=event`)).toMatchObject({ event: null });
  });

  it('keeps its pages while new rows arrive, without a gap or a repeat', async () => {
    const tenant = await schoolbell.addTenant();
    await addWebhook(tenant);
    const made: string[] = [];
    for (let i = 0; i < 7; i++) made.push((await deliver(tenant)).id);
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await tenant.api.get(`/v1/deliveries?limit=3${cursor}`);
      seen.push(...body.data.map(({ id }: Row) => id));
      cursor = body.nextCursor ? `&cursor=${body.nextCursor}` : '';
      await deliver(tenant);
    } while (cursor);
    expect(seen).toEqual(made.toReversed());
  });

  it.each([
    'limit=0',
    'limit=101',
    'limit=x',
    'cursor=abc',
    'status=waiting',
    'type=none',
    'from=today',
    'from=0000-01-01T00:00:00Z',
    'responseStatus=99',
    'q=',
    'expand=webhook',
    'page=2',
  ])('refuses ?%s', async (query) => {
    const tenant = await schoolbell.addTenant();
    const answer = await tenant.api.get(`/v1/deliveries?${query}`);
    expect([answer.status, answer.body.code]).toEqual([422, 'validation_failed']);
  });

  it('asks a platform key for the tenant', async () => {
    for (const path of ['/v1/deliveries', '/v1/dead-letters', '/v1/events']) {
      const answer = await schoolbell.platform.get(path);
      expect([answer.status, answer.body.code]).toEqual([422, 'tenant_required']);
    }
  });
});

describe('the filters', () => {
  let tenant: TenantUnderTest;
  let hook: string;
  let pausedHook: string;
  let rows: Record<'pending' | 'delivered' | 'dead' | 'discarded', Row>;
  let held: Row;

  beforeAll(async () => {
    tenant = await schoolbell.addTenant();
    hook = await addWebhook(tenant, { scopes: { packageIds: ['pkg_a'] } });
    pausedHook = await addWebhook(tenant, { scopes: { packageIds: ['pkg_b'] } });
    const make = (sessionId: string, packageId = 'pkg_a') =>
      deliver(tenant, { sessionId, packageId, learnerId: `learner-of-${sessionId}` });
    rows = {
      pending: await make('s-pending'),
      delivered: await make('s-delivered'),
      dead: await make('s-dead'),
      discarded: await make('s-discarded'),
    };
    held = await make('s-held', 'pkg_b');
    await tenant.api.post(`/v1/webhooks/${pausedHook}/pause`);
    await end(rows.delivered, 'delivered', 204);
    await end(rows.dead, 'dead', 503);
    const discarded = [uuidOf(rows.discarded.id)];
    await schoolbell.database.query('DELETE FROM due_deliveries WHERE delivery_id = $1', discarded);
    await schoolbell.database.query(
      `UPDATE deliveries SET status = 'discarded' WHERE id = $1`,
      discarded,
    );
  });

  it.each(['pending', 'delivered', 'dead', 'discarded'] as const)(
    'find what is %s',
    async (status) => {
      expect(await idsOf(tenant, `status=${status}`)).toEqual([rows[status].id]);
      expect(await idsOf(tenant, `status=${status}&webhookId=${hook}`)).toEqual([rows[status].id]);
      expect(await idsOf(tenant, `status=${status}&webhookId=${pausedHook}`)).toEqual([]);
    },
  );

  it('find what is held, which has no next attempt', async () => {
    expect(await idsOf(tenant, 'status=held')).toEqual([held.id]);
    const { body } = await tenant.api.get(`/v1/deliveries/${held.id}`);
    expect(body).toMatchObject({ status: 'held', nextAttemptAt: null });
  });

  it('find by webhook, on both paths', async () => {
    const expected = [rows.discarded, rows.dead, rows.delivered, rows.pending].map(({ id }) => id);
    expect(await idsOf(tenant, `webhookId=${hook}`)).toEqual(expected);
    expect(await idsOf(tenant, '', `/v1/webhooks/${hook}/deliveries`)).toEqual(expected);
    expect(await idsOf(tenant, 'status=dead', `/v1/webhooks/${hook}/deliveries`)).toEqual([
      rows.dead.id,
    ]);
    const other = await tenant.api.get(`/v1/webhooks/${hook}/deliveries?webhookId=${pausedHook}`);
    expect(other.status).toBe(422);
  });

  it.each<[string, () => string, () => Row[]]>([
    ['event', () => `eventId=${rows.dead.eventId}`, () => [rows.dead]],
    ['type', () => 'type=session.scored', () => []],
    ['response status', () => 'responseStatus=503', () => [rows.dead]],
    ['event id as text', () => `q=${rows.pending.eventId}`, () => [rows.pending]],
    ['delivery id as text', () => `q=${rows.pending.id}`, () => [rows.pending]],
    ['session', () => 'q=s-delivered', () => [rows.delivered]],
    ['learner', () => 'q=learner-of-s-held', () => [held]],
    ['package', () => 'q=pkg_b', () => [held]],
    ['package and status', () => 'q=pkg_a&status=delivered', () => [rows.delivered]],
    ['part of an id, which finds nothing', () => 'q=s-', () => []],
    ['an id that cannot exist', () => 'eventId=nothing', () => []],
    ['contradictions', () => `q=${rows.dead.eventId}&eventId=${rows.pending.eventId}`, () => []],
    ['contradicting deliveries', () => `q=${rows.dead.id}&status=pending`, () => []],
  ])('find by %s', async (_, query, expected) => {
    expect(await idsOf(tenant, query())).toEqual(expected().map(({ id }) => id));
  });

  it('find by time', async () => {
    const { body } = await tenant.api.get(`/v1/deliveries/${rows.dead.id}`);
    const at = body.createdAt;
    const later = new Date(Date.parse(at) + 1).toISOString();
    expect(await idsOf(tenant, `from=${at}&to=${later}`)).toContain(rows.dead.id);
    expect(await idsOf(tenant, `to=${at}`)).not.toContain(rows.dead.id);
    expect(await idsOf(tenant, `from=${later}`)).not.toContain(rows.dead.id);
  });

  it('hold for dead letters too', async () => {
    expect(await idsOf(tenant, '', '/v1/dead-letters')).toEqual([rows.dead.id]);
    expect(await idsOf(tenant, `webhookId=${hook}`, '/v1/dead-letters')).toEqual([rows.dead.id]);
    expect(await idsOf(tenant, `webhookId=${pausedHook}`, '/v1/dead-letters')).toEqual([]);
    expect(await idsOf(tenant, 'q=s-delivered', '/v1/dead-letters')).toEqual([]);
    expect(await idsOf(tenant, 'status=pending', '/v1/dead-letters')).toEqual([]);
  });

  it('show nothing of another tenant', async () => {
    const stranger = await schoolbell.addTenant();
    for (const query of [
      '',
      `webhookId=${hook}`,
      `eventId=${rows.dead.eventId}`,
      'q=pkg_a',
      'status=held',
      'status=dead',
    ]) {
      expect(await idsOf(stranger, query)).toEqual([]);
    }
    for (const path of [
      `/v1/deliveries/${rows.dead.id}`,
      `/v1/events/${rows.dead.eventId}`,
      `/v1/webhooks/${hook}/deliveries`,
    ]) {
      expect((await stranger.api.get(path)).status).toBe(404);
    }
    expect((await stranger.api.post(`/v1/deliveries/${rows.dead.id}/retry`)).status).toBe(404);
    expect((await stranger.api.get('/v1/deliveries/dlv_nonsense')).status).toBe(404);
  });

  it('find a test that failed among the dead, but not in the dead letters', async () => {
    const own = await schoolbell.addTenant();
    const webhookId = await addWebhook(own);
    const id = uuidV7();
    await schoolbell.database.query(
      `INSERT INTO deliveries (id, tenant_id, event_id, event_type, webhook_id, status, test)
       VALUES ($1, $2, $3, 'session.completed', $4, 'dead', true)`,
      [id, own.tenantUuid, uuidV7(), fromTypeId('webhook', webhookId)],
    );
    const dead = await deliver(own);
    await end(dead, 'dead', 500);
    expect(await idsOf(own, 'status=dead')).toEqual([dead.id, toTypeId('delivery', id)]);
    expect(await idsOf(own, '', '/v1/dead-letters')).toEqual([dead.id]);
  });
});

describe('a deleted webhook', () => {
  it('leaves its history readable', async () => {
    const tenant = await schoolbell.addTenant();
    const webhookId = await addWebhook(tenant);
    const delivered = await deliver(tenant);
    await end(delivered, 'delivered', 200);
    const waiting = await deliver(tenant);
    await tenant.api.delete(`/v1/webhooks/${webhookId}`);
    const { body } = await tenant.api.get(`/v1/deliveries?webhookId=${webhookId}`);
    expect(body.data.map(({ id, status }: Row) => [id, status])).toEqual([
      [waiting.id, 'discarded'],
      [delivered.id, 'delivered'],
    ]);
    expect((await tenant.api.get(`/v1/deliveries/${delivered.id}`)).status).toBe(200);
    expect((await tenant.api.get(`/v1/webhooks/${webhookId}/deliveries`)).status).toBe(404);
    const again = await tenant.api.post(`/v1/deliveries/${delivered.id}/retry`);
    expect([again.status, again.body.code]).toEqual([409, 'delivery_not_retryable']);
  });
});

describe('the event log', () => {
  it('is read newest first, by type and by time of acceptance, page by page', async () => {
    const tenant = await schoolbell.addTenant();
    const post = async (type: string, sessionId: string): Promise<string> => {
      const data = { sessionId, packageId: 'p', learnerId: 'l', completionStatus: 'completed' };
      return (await tenant.api.post('/v1/events', { type, data })).body.id;
    };
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) ids.unshift(await post('session.completed', `s-${i}`));
    const launched = await post('session.launched', 's-9');

    expect(await idsOf(tenant, '', '/v1/events')).toEqual([launched, ...ids]);
    expect(await idsOf(tenant, 'type=session.launched', '/v1/events')).toEqual([launched]);
    const { body: first } = await tenant.api.get('/v1/events?limit=4');
    await post('session.launched', 's-10');
    const { body: second } = await tenant.api.get(`/v1/events?limit=4&cursor=${first.nextCursor}`);
    expect(second.data.map(({ id }: Row) => id)).toEqual(ids.slice(3));
    expect(second.nextCursor).toBeNull();

    const { body: third } = await tenant.api.get(`/v1/events/${ids[2]}`);
    const after = new Date(Date.parse(third.acceptedAt) + 1).toISOString();
    expect(await idsOf(tenant, `from=${third.acceptedAt}`, '/v1/events')).toContain(ids[2]);
    expect(await idsOf(tenant, `to=${after}`, '/v1/events')).toContain(ids[2]);
    expect(await idsOf(tenant, `to=${third.acceptedAt}`, '/v1/events')).not.toContain(ids[2]);
    expect(await idsOf(tenant, 'from=2100-01-01T00:00:00Z', '/v1/events')).toEqual([]);
  });
});
