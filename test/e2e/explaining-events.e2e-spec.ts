import { fromTypeId } from '@schoolbell/ids';
import { templateFailure } from '@schoolbell/delivery';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addUser } from './support/accounts.js';
import { type ApiUnderTest, startApi, type TenantUnderTest } from './support/start-api.js';

let schoolbell: ApiUnderTest;
let tenant: TenantUnderTest;

beforeAll(async () => {
  schoolbell = await startApi();
  return () => schoolbell.stop();
});

beforeEach(async () => {
  tenant = await schoolbell.addTenant();
});

async function register(description: string, settings: object = {}): Promise<string> {
  const webhook = { url: 'https://receiver.example/hook', events: ['session.completed'] };
  const answer = await tenant.api.post('/v1/webhooks', { ...webhook, description, ...settings });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return answer.body.id;
}

async function complete(data: object = {}): Promise<string> {
  const session = { sessionId: 's', packageId: 'pkg_1', learnerId: 'l', dispatchId: 'dsp_1' };
  const { status, body } = await tenant.api.post('/v1/events', {
    type: 'session.completed',
    data: { ...session, completionStatus: 'completed', ...data },
  });
  if (status !== 202) throw new Error(JSON.stringify(body));
  return body.id;
}

/** By the webhook's description: the event's state there, and the codes of its reasons. */
async function explained(eventId: string): Promise<Record<string, [string, ...string[]]>> {
  const { status, body } = await tenant.api.get(`/v1/events/${eventId}/explanation`);
  if (status !== 200) throw new Error(JSON.stringify(body));
  const entries = body.data.map((one: any) => [
    one.description,
    [one.status, ...one.reasons.map(({ code }: any) => code)],
  ]);
  return Object.fromEntries(entries);
}

/** Ends the delivery as a dispatcher does. */
async function end(webhookId: string, status: string, discardReason: string | null = null) {
  await schoolbell.database.query(
    'UPDATE deliveries SET status = $2, discard_reason = $3 WHERE webhook_id = $1',
    [fromTypeId('webhook', webhookId), status, discardReason],
  );
}

describe('the explanation of an event', () => {
  it('says of each webhook why it did not want it, as it is set today and since when', async () => {
    await register('of another type', { events: ['session.launched'] });
    await register('of another package', { scopes: { packageIds: ['pkg_2'] } });
    await register('of neither', {
      events: ['session.launched'],
      scopes: { dispatchIds: ['dsp_2'] },
    });
    await register('of the dispatch', { scopes: { packageIds: ['no'], dispatchIds: ['dsp_1'] } });
    const event = await complete();
    await register('too late');
    expect(await explained(event)).toEqual({
      'of another type': ['unwanted', 'type_not_listed'],
      'of another package': ['unwanted', 'out_of_scope'],
      'of neither': ['unwanted', 'type_not_listed', 'out_of_scope'],
      'of the dispatch': ['pending'],
      'too late': ['unwanted', 'created_later'],
    });
    const { data } = (await tenant.api.get(`/v1/events/${event}/explanation`)).body;
    const ofPackage = data.find((one: any) => one.description === 'of another package');
    expect(ofPackage).toEqual({
      webhookId: expect.stringMatching(/^wh_/),
      description: 'of another package',
      url: 'https://receiver.example/hook',
      webhookStatus: 'active',
      status: 'unwanted',
      deliveryId: null,
      delivery: null,
      reasons: [
        {
          code: 'out_of_scope',
          message:
            'The scopes of the webhook are packages pkg_2, but the event belongs to package pkg_1 and dispatch dsp_1.',
        },
      ],
      since: expect.stringMatching(/Z$/),
    });
  });

  it('says how each delivery stands', async () => {
    const ids = {
      delivered: await register('delivered'),
      dead: await register('dead'),
      discarded: await register('discarded'),
    };
    await register('paused', { status: 'paused' });
    const deleted = await register('deleted');
    const event = await complete();
    for (const [status, id] of Object.entries(ids)) await end(id, status);
    await tenant.api.delete(`/v1/webhooks/${deleted}`);
    expect(await explained(event)).toEqual({
      delivered: ['delivered'],
      dead: ['dead'],
      discarded: ['discarded', 'discarded'],
      paused: ['held', 'paused'],
      deleted: ['discarded', 'deleted'],
    });
    const { data } = (await tenant.api.get(`/v1/events/${event}/explanation`)).body;
    for (const { deliveryId, delivery } of data) {
      expect(deliveryId).toMatch(/^dlv_/);
      expect(delivery).toMatchObject({ id: deliveryId, eventId: event });
    }
  });

  it('asks filters as they are set today, and says when one fails', async () => {
    const turning = await register('turns away', { filter: 'data.scoreScaled > 0.9' });
    const turned = await register('turned away once', { filter: 'data.scoreScaled > 0.95' });
    const event = await complete({ scoreScaled: 0.5 });
    for (const id of [turning, turned]) await end(id, 'discarded', 'filtered');
    await tenant.api.patch(`/v1/webhooks/${turned}`, { filter: 'data.scoreScaled > 0.1' });
    const failing = await register('fails');
    await tenant.api.patch(`/v1/webhooks/${failing}`, { filter: 'data.sessionId + 1 > 0' });
    const answer = await explained(event);
    expect(answer).toEqual({
      'turns away': ['discarded', 'filtered'],
      'turned away once': ['discarded', 'filtered'],
      fails: ['unwanted', 'created_later', 'filter_failed'],
    });
    const { data } = (await tenant.api.get(`/v1/events/${event}/explanation`)).body;
    const messages = data.map(({ reasons }: any) => reasons[0].message);
    expect(messages[1]).toContain('With today’s settings it would not.');
    expect(messages[2]).toBe('Its filter turns this event away.');
  });

  it('quotes nothing of the event to viewers, from whom bodies are hidden; nor do the webhook and an e-mail', async () => {
    const webhook = await register('fails', { filter: '$number(data.learnerId) > 1' });
    const event = await complete({ learnerId: 'lrn_hidden' });
    const lastError = templateFailure('evaluation, position 8', 'Unable to cast "lrn_hidden"');
    const quoted = {
      code: 'evaluation',
      message: 'Unable to cast "lrn_hidden"',
      eventId: event,
      at: '',
    };
    await schoolbell.database.query(
      `UPDATE webhooks SET filter_error = $2, status = 'paused', pause_reason = 'consecutive_failures',
         paused_at = now(), pause_last_error = $3 WHERE id = $1`,
      [fromTypeId('webhook', webhook), quoted, lastError],
    );
    const facts = { webhookId: fromTypeId('webhook', webhook), description: '', lastError };
    await schoolbell.database.query(
      `INSERT INTO mails (id, tenant_id, kind, facts, status) VALUES (gen_random_uuid(), $1, 'webhook.paused', $2, 'failed')`,
      [tenant.tenantUuid, { ...facts, url: 'https://x.example', reason: 'gone', failures: 1 }],
    );
    await schoolbell.database.query(`DELETE FROM deliveries WHERE tenant_id = $1`, [
      tenant.tenantUuid,
    ]);
    const viewer = await addUser(schoolbell, tenant, 'viewer');
    const paths = [
      `/v1/events/${event}/explanation`,
      `/v1/webhooks/${webhook}`,
      '/v1/webhooks',
      '/v1/mails',
    ];
    for (const path of paths) {
      const [seen, hidden] = [await tenant.api.get(path), await viewer.api.get(path)];
      expect([seen.status, hidden.status], path).toEqual([200, 200]);
      expect(JSON.stringify(seen.body), path).toContain('lrn_hidden');
      expect(JSON.stringify(hidden.body), path).not.toContain('lrn_hidden');
      expect(JSON.stringify(hidden.body), path).toContain('evaluation, position 8');
    }
  });

  it('says when a webhook would want it today but was set otherwise, and of formats without a place for it', async () => {
    const changed = await register('changed', { events: ['session.launched'] });
    const carried = await register('not carried');
    const event = await complete();
    await tenant.api.patch(`/v1/webhooks/${changed}`, { events: ['session.completed'] });
    await end(carried, 'discarded', 'not_carried');
    expect(await explained(event)).toEqual({
      changed: ['unwanted', 'changed_since'],
      'not carried': ['discarded', 'not_carried'],
    });
  });

  it('says since when a webhook wants what it wants, which pauses do not change', async () => {
    const webhook = await register('paused and resumed');
    const event = await complete();
    const since = async () =>
      (await tenant.api.get(`/v1/events/${event}/explanation`)).body.data[0].since;
    const created = await since();
    await tenant.api.post(`/v1/webhooks/${webhook}/pause`);
    await tenant.api.post(`/v1/webhooks/${webhook}/resume`);
    const same = { description: 'renamed', events: ['session.completed'] };
    expect((await tenant.api.patch(`/v1/webhooks/${webhook}`, same)).status).toBe(200);
    expect(await since()).toBe(created);
    await tenant.api.patch(`/v1/webhooks/${webhook}`, { scopes: { packageIds: ['pkg_2'] } });
    expect(Date.parse(await since())).toBeGreaterThan(Date.parse(created));
  });

  it('goes page by page through the webhooks of a tenant with many', async () => {
    for (let i = 0; i < 5; i++) await register(`hook ${i}`);
    const event = await complete();
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const path: string = `/v1/events/${event}/explanation?limit=2${cursor && `&cursor=${cursor}`}`;
      const { body } = await tenant.api.get(path);
      seen.push(...body.data.map(({ description }: any) => description));
      cursor = body.nextCursor;
    }
    expect(seen).toEqual(['hook 4', 'hook 3', 'hook 2', 'hook 1', 'hook 0']);
  });

  it('is nobody else’s, and needs events:read', async () => {
    const event = await complete();
    const other = await schoolbell.addTenant();
    const path = `/v1/events/${event}/explanation`;
    expect((await other.api.get(path)).status).toBe(404);
    expect((await (await tenant.apiWith('deliveries:read')).get(path)).status).toBe(403);
    expect((await tenant.api.get('/v1/events/evt_nonsense/explanation')).status).toBe(404);
  });
});
