import { fromTypeId, toTypeId, uuidV7 } from '@schoolbell/ids';
import { beforeAll, describe, expect, it } from 'vitest';
import { seedWebhooks } from '../support/index.js';
import { type ApiUnderTest, startApi, type TenantUnderTest } from './support/start-api.js';

let schoolbell: ApiUnderTest;
let tenant: TenantUnderTest;
let other: TenantUnderTest;
let webhookId: string;
/** The same completion, in another tenant. */
let theirs: string;
let eventId: string;
let deliveryId: string;

const COMPLETION = {
  sessionId: 'sess "1"',
  packageId: 'pkg_1',
  dispatchId: 'dsp_1',
  learnerId: 'learner/42',
  completionStatus: 'completed',
};

beforeAll(async () => {
  schoolbell = await startApi();
  [tenant, other] = [await schoolbell.addTenant(), await schoolbell.addTenant()];
  webhookId = await register(tenant, { description: 'Completions for HR' });
  await register(other);
  eventId = await post(tenant);
  theirs = await post(other);
  deliveryId = (await tenant.api.get(`/v1/events/${eventId}`)).body.deliveries[0].id;
  return () => schoolbell.stop();
});

async function register(of: TenantUnderTest, settings: object = {}): Promise<string> {
  const url = 'https://receiver.example/hook';
  const webhook = { url, events: ['session.completed'], ...settings };
  const { status, body } = await of.api.post('/v1/webhooks', webhook);
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body.id;
}

async function post(of: TenantUnderTest, data: object = {}, type = 'session.completed') {
  const { status, body } = await of.api.post('/v1/events', {
    type,
    data: { ...COMPLETION, ...data },
  });
  if (status !== 202) throw new Error(JSON.stringify(body));
  return body.id as string;
}

async function found(q: string, of = tenant): Promise<{ kind: string; id: string }[]> {
  const { status, body } = await of.api.get(`/v1/search?q=${encodeURIComponent(q)}`);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body.data;
}

const named = (hits: { kind: string; id: string }[]) => hits.map(({ kind, id }) => [kind, id]);

/** Records an attempt of the delivery, as a dispatcher does. */
async function attempt(): Promise<string> {
  const id = uuidV7();
  await schoolbell.database.query(
    `INSERT INTO attempts
     SELECT (jsonb_populate_record(NULL::attempts, jsonb_build_object('id', $1::text, 'delivery_id', d.id,
       'webhook_id', d.webhook_id, 'number', 1, 'trigger', 'scheduled', 'outcome', 'failed', 'at', now(),
       'url', 'https://receiver.example/hook', 'format', 'allureconnect', 'request_headers', '{}',
       'response_status', 500, 'error_code', 'http_status', 'total_ms', 12, 'response_truncated', false)
       || CASE WHEN to_jsonb(d) ? 'tenant_id' THEN jsonb_build_object('tenant_id', d.tenant_id) ELSE '{}' END)).*
     FROM deliveries d WHERE d.id = $2`,
    [id, fromTypeId('delivery', deliveryId)],
  );
  return toTypeId('attempt', id);
}

describe('whoever searches', () => {
  it('finds an event by its id, with how its deliveries stand', async () => {
    expect(await found(eventId)).toEqual([
      {
        kind: 'event',
        id: eventId,
        at: expect.any(String),
        type: 'session.completed',
        sessionId: COMPLETION.sessionId,
        packageId: 'pkg_1',
        dispatchId: 'dsp_1',
        learnerId: 'learner/42',
        deliveryCounts: { pending: 1, held: 0, delivered: 0, dead: 0, discarded: 0 },
      },
    ]);
  });

  it('finds a delivery, its attempt and its webhook', async () => {
    const attemptId = await attempt();
    const hits = await found(`${deliveryId} ${attemptId} ${webhookId}`);
    expect(hits).toMatchObject([
      { kind: 'delivery', id: deliveryId, status: 'pending', eventId, webhookId },
      { kind: 'attempt', id: attemptId, deliveryId, status: 'failed', responseStatus: 500 },
      { kind: 'webhook', id: webhookId, status: 'active', description: 'Completions for HR' },
    ]);
  });

  it('finds an operation', async () => {
    const range = { from: '2020-01-01T00:00:00Z', to: '2020-01-02T00:00:00Z' };
    const { id } = (await tenant.api.post(`/v1/webhooks/${webhookId}/replay`, range)).body;
    expect(await found(id)).toMatchObject([{ kind: 'operation', id, operation: 'replay' }]);
  });

  it.each([
    ['session', COMPLETION.sessionId],
    ['package', 'pkg_1'],
    ['dispatch', 'dsp_1'],
    ['learner', 'learner/42'],
  ])('finds a %s by the very id of the runtime', async (kind, id) => {
    expect(await found(id)).toEqual([
      {
        kind,
        id,
        at: expect.any(String),
        type: 'session.completed',
        events: 1,
        moreEvents: false,
      },
    ]);
    expect(await found(id.slice(0, -1))).toEqual([]);
    expect(await found(`${id}0`)).toEqual([]);
  });

  it.each([
    ['a URL', () => `https://lms.example/learners/learner%2F42/report?event=${eventId}`],
    [
      'a curl',
      () => `curl -d '{"learnerId": "learner/42"}' https://x.example/v1/events/${eventId}`,
    ],
    ['JSON', () => JSON.stringify({ id: eventId, data: { learnerId: 'learner/42' } })],
    [
      'JSON within JSON',
      () => JSON.stringify({ log: JSON.stringify({ id: eventId, learnerId: 'learner/42' }) }),
    ],
    ['a sentence', () => `Where is ${eventId} of "learner/42"?`],
  ])('may paste %s that holds an id', async (_what, text) => {
    expect(named(await found(text()))).toEqual([
      ['event', eventId],
      ['learner', 'learner/42'],
    ]);
  });

  it('is told of a post with this id that was refused', async () => {
    const refused = { sessionId: 'sess_refused', packageId: 'p', learnerId: 'l' };
    const { status } = await tenant.api.post('/v1/events', {
      type: 'session.completed',
      data: { ...refused, completionStatus: 'perhaps' },
    });
    expect(status).toBe(422);
    await expect
      .poll(() => found('sess_refused'), { timeout: 10_000 })
      .toMatchObject([
        { kind: 'event_rejection', responseStatus: 422, errorCode: 'validation_failed' },
      ]);
    expect(await found('sess_refused', other)).toEqual([]);
  });

  it('never finds what is another tenant’s', async () => {
    expect(await found(theirs)).toEqual([]);
    expect(await found(`${eventId} ${deliveryId} ${webhookId}`, other)).toEqual([]);
    expect(await found('pkg_1', other)).toMatchObject([{ kind: 'package', events: 1 }]);
  });

  it('finds nothing where there is nothing, whatever the text is', async () => {
    for (const text of [
      ' ',
      'nonsense',
      'evt_00000000000000000000000000',
      '"',
      '{',
      '\\u0000 %zz %',
    ]) {
      expect(await found(text)).toEqual([]);
    }
  });

  it('needs a text, and the permission to read deliveries', async () => {
    for (const query of ['', '?q=', '?q=a&q=b', '?text=a']) {
      expect((await tenant.api.get(`/v1/search${query}`)).status).toBe(422);
    }
    const reader = await tenant.apiWith('events:read');
    expect((await reader.get('/v1/search?q=a')).status).toBe(403);
  });
});

describe('the list of events', () => {
  const idsOf = async (query: string): Promise<string[]> => {
    const { status, body } = await tenant.api.get(`/v1/events?${query}`);
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body.data.map(({ id }: { id: string }) => id);
  };

  it('shows how the deliveries of each event stand', async () => {
    const { body } = await tenant.api.get('/v1/events?sessionId=sess+%221%22');
    expect(body.data).toMatchObject([
      {
        id: eventId,
        data: COMPLETION,
        deliveries: [{ id: deliveryId, webhookId, status: 'pending' }],
        deliveryCounts: { pending: 1, held: 0, delivered: 0, dead: 0, discarded: 0 },
        moreDeliveries: false,
      },
    ]);
  });

  it('can be filtered by each of the runtime’s ids, and by several', async () => {
    const filters = ['sessionId=sess+%221%22', 'dispatchId=dsp_1', 'learnerId=learner%2F42'];
    for (const filter of [...filters, filters.join('&')]) {
      expect(await idsOf(`${filter}&packageId=pkg_1`), filter).toEqual([eventId]);
      expect(await idsOf(`${filter}&packageId=pkg_2`), filter).toEqual([]);
    }
    for (const q of [eventId, 'dsp_1', 'pkg_1', 'learner%2F42']) {
      expect(await idsOf(`q=${q}`), q).toEqual([eventId]);
    }
    expect(await idsOf(`q=${theirs}`)).toEqual([]);
    expect(await idsOf('q=dsp_1&learnerId=nobody')).toEqual([]);
    expect(await idsOf('q=dsp_1&to=2020-01-01T00:00:00Z')).toEqual([]);
  });

  it('can be narrowed to those that no webhook wanted', async () => {
    const unwanted = await post(tenant, { sessionId: 'sess_2' }, 'session.launched');
    expect(await idsOf('unwanted=true')).toEqual([unwanted]);
    expect(await idsOf('unwanted=true&learnerId=learner%2F42')).toEqual([unwanted]);
    expect(await idsOf('unwanted=true&sessionId=sess+%221%22')).toEqual([]);
    expect(await idsOf('unwanted=false')).toEqual([unwanted, eventId]);
    expect((await tenant.api.get('/v1/events?unwanted=1')).status).toBe(422);
  });

  it('pages through the many events of one package, newest first', async () => {
    const busy = await schoolbell.addTenant();
    const made: string[] = [];
    for (let i = 0; i < 5; i++) made.push(await post(busy, { packageId: 'busy' }));
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const path: string = `/v1/events?packageId=busy&limit=2${cursor && `&cursor=${cursor}`}`;
      const { body } = await busy.api.get(path);
      seen.push(...body.data.map(({ id }: { id: string }) => id));
      cursor = body.nextCursor;
    }
    expect(seen).toEqual(made.toReversed());
  });

  it('is not swamped by an event with very many deliveries', async () => {
    const wide = await schoolbell.addTenant();
    await seedWebhooks(schoolbell.database, wide.tenantUuid, 150);
    await post(wide);
    const [listed] = (await wide.api.get('/v1/events')).body.data;
    expect(listed.deliveries).toHaveLength(5);
    expect(listed).toMatchObject({ deliveryCounts: { pending: 100 }, moreDeliveries: true });
  });
});
