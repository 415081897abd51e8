import { toTypeId, uuidV7 } from '@schoolbell/ids';
import { describe, expect, it } from 'vitest';
import { addWebhook } from './support/add-webhook.js';
import { COMPLETED, pathsOf, PostingFixtures } from './support/posting-fixtures.js';

const api = new PostingFixtures();

describe('a batch', () => {
  it('of a thousand events is accepted in order', async () => {
    const own = await api.schoolbell.addTenant();
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
    expect(await api.countOf('events', own.tenantUuid)).toBe(1000);
  });

  it('with faults is refused as a whole, and each fault has its index', async () => {
    const before = await api.countOf('events');
    const { status, body } = await api.batch([
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
    expect(await api.countOf('events')).toBe(before);
  });

  it.each<[string, unknown, string]>([
    ['nothing', { events: [] }, 'events'],
    ['more than a thousand', { events: Array.from({ length: 1001 }, () => COMPLETED) }, 'events'],
    ['no list', { events: COMPLETED }, 'events'],
    ['another field', { events: [COMPLETED], mode: 'fast' }, 'mode'],
  ])('with %s is refused', async (_, body, path) => {
    const answer = await api.tenant.api.post('/v1/events/batch', body);
    expect([answer.status, pathsOf(answer.body)]).toEqual([422, [path]]);
  });

  it('answers repeats with the first event, also within itself', async () => {
    const keyed = { ...COMPLETED, idempotencyKey: 'batch-1' };
    const { body: first } = await api.batch([keyed, COMPLETED, keyed]);
    expect(first.data[2]).toMatchObject({ id: first.data[0].id, duplicate: true });
    const { body: again } = await api.batch([COMPLETED, keyed]);
    expect(again.data[1]).toMatchObject({ id: first.data[0].id, duplicate: true });
  });

  it('with a used key is a conflict that names the event, and stores nothing', async () => {
    await api.post({ ...COMPLETED, idempotencyKey: 'batch-2' });
    const before = await api.countOf('events');
    const other = { ...COMPLETED, occurredAt: '2026-01-01T00:00:00Z', idempotencyKey: 'batch-2' };
    const { status, body } = await api.batch([COMPLETED, other]);
    expect([status, body.code]).toEqual([409, 'idempotency_conflict']);
    expect(pathsOf(body)).toEqual(['events[1].idempotencyKey']);
    expect(await api.countOf('events')).toBe(before);
  });

  it('of a platform key may be of many tenants, all of which must exist', async () => {
    const [one, two] = [await api.schoolbell.addTenant(), await api.schoolbell.addTenant()];
    const of = (tenantId?: string) => ({ ...COMPLETED, tenantId });
    const { platform } = api.schoolbell;
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
    expect(await api.countOf('events', one.tenantUuid)).toBe(1);
  });

  it('of a tenant key may not name another tenant', async () => {
    const other = await api.schoolbell.addTenant();
    const answer = await api.batch([COMPLETED, { ...COMPLETED, tenantId: other.tenantId }]);
    expect(answer).toMatchObject({ status: 403, body: { code: 'tenant_mismatch' } });
  });

  it('has no key of its own', async () => {
    expect((await api.batch([COMPLETED], { 'Idempotency-Key': 'k' })).status).toBe(422);
  });

  it('may be larger than a single event, to 4 MiB', async () => {
    const large = { ...COMPLETED, data: { ...COMPLETED.data, note: 'x'.repeat(200_000) } };
    expect((await api.batch(Array.from({ length: 15 }, () => large))).status).toBe(202);
    expect((await api.batch(Array.from({ length: 25 }, () => large))).status).toBe(413);
    const huge = { ...COMPLETED, data: { ...COMPLETED.data, note: 'x'.repeat(300_000) } };
    const refused = await api.batch([COMPLETED, huge]);
    expect([refused.status, pathsOf(refused.body)]).toEqual([422, ['events[1].data']]);
    const wide = { ...COMPLETED, data: { ...COMPLETED.data, note: '€'.repeat(100_000) } };
    expect((await api.batch([wide])).status).toBe(422);
  });
});
