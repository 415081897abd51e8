import { uuidV7 } from '@schoolbell/ids';
import { describe, expect, it } from 'vitest';
import { addWebhook } from './support/add-webhook.js';
import { COMPLETED, pathsOf, PostingFixtures } from './support/posting-fixtures.js';

const api = new PostingFixtures();

describe('idempotency', () => {
  it('answers a repeat with the first event, whether the key is in the body or in the header', async () => {
    const own = await api.schoolbell.addTenant();
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
    expect(await api.countOf('deliveries', own.tenantUuid)).toBe(1);
  });

  it.each([
    ['other data', { ...COMPLETED, data: { ...COMPLETED.data, scoreRaw: 1 } }],
    ['another type', { ...COMPLETED, type: 'session.progress' }],
    ['another time', { ...COMPLETED, occurredAt: '2026-01-01T00:00:00Z' }],
  ])('refuses the same key with %s', async (name, body) => {
    await api.post({ ...COMPLETED, idempotencyKey: name });
    const answer = await api.post({ ...body, idempotencyKey: name });
    expect(answer).toMatchObject({ status: 409, body: { code: 'idempotency_conflict' } });
  });

  it('refuses two keys for one event, and a bad one in the header', async () => {
    const two = await api.post({ ...COMPLETED, idempotencyKey: 'a' }, { 'Idempotency-Key': 'b' });
    const long = await api.post(COMPLETED, { 'Idempotency-Key': 'k'.repeat(256) });
    expect([two.status, pathsOf(two.body)]).toEqual([422, ['idempotencyKey']]);
    expect([long.status, pathsOf(long.body)]).toEqual([422, ['Idempotency-Key']]);
  });

  it('lets one of twenty posts of the same instant through', async () => {
    const own = await api.schoolbell.addTenant();
    await addWebhook(own);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        own.api.post('/v1/events', { ...COMPLETED, idempotencyKey: 'same' }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(answers.filter(({ body }) => !body.duplicate)).toHaveLength(1);
    expect(await api.countOf('deliveries', own.tenantUuid)).toBe(1);
  });
});

describe('the fingerprint', () => {
  const at = (occurredAt: string, data: object = COMPLETED.data) =>
    api.post({ type: 'session.completed', data, occurredAt, dedupe: 'fingerprint' });

  it('knows a completion that is reported twice, and tells a later one apart', async () => {
    const session = { ...COMPLETED.data, sessionId: 'sess_fp' };
    const first = await at('2026-04-10T14:32:00Z', session);
    const again = await at('2026-04-10T16:32:00.000+02:00', { ...session, scoreRaw: 5 });
    const later = await at('2026-05-10T14:32:00Z', session);
    const other = await at('2026-04-10T14:32:00Z', { ...session, sessionId: 'sess_fp2' });
    const otherType = await api.post({
      type: 'session.progress',
      data: session,
      occurredAt: '2026-04-10T14:32:00Z',
      dedupe: 'fingerprint',
    });
    expect(again.body).toMatchObject({ id: first.body.id, duplicate: true });
    for (const { body } of [later, other, otherType]) expect(body.duplicate).toBe(false);
  });

  it('takes user and course where there is no session', async () => {
    const send = (completedAt: string) =>
      api.post({
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
    const answer = await api.post({ ...body, dedupe: 'fingerprint' });
    expect([answer.status, pathsOf(answer.body)]).toEqual([422, ['dedupe']]);
  });
});
