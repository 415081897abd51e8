import { toTypeId } from '@schoolbell/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedMail } from '../support/index.js';
import { type ApiUnderTest, startApi, type TenantUnderTest } from './support/start-api.js';

const FACTS = {
  webhookId: '019a8c2e-5d1b-7e0a-9c3f-4b6d8e2f1a70',
  description: '',
  url: 'https://hr.example.com/hooks',
  reason: 'consecutive_failures',
  failures: 5,
  lastError: null,
};

let api: ApiUnderTest;
let tenant: TenantUnderTest;
let other: TenantUnderTest;

const addMail = async ({ tenantUuid }: TenantUnderTest, recipient: string): Promise<string> => {
  const id = await seedMail(api.database, { tenantUuid, recipient, facts: FACTS });
  return toTypeId('mail', id);
};

beforeAll(async () => {
  api = await startApi();
  tenant = await api.addTenant();
  other = await api.addTenant();
});
afterAll(() => api.stop());

describe('the list of e-mails', () => {
  it('shows a tenant its own, newest first, page by page', async () => {
    const older = await addMail(tenant, 'one@example.com');
    const newer = await addMail(tenant, 'other@example.com');
    await addMail(other, 'stranger@example.com');
    const first = (await tenant.api.get('/v1/mails?limit=1')).body;
    expect(first.data).toEqual([
      {
        id: newer,
        tenantId: tenant.tenantId,
        kind: 'webhook.paused',
        to: 'other@example.com',
        subject: 'Webhook paused: hr.example.com',
        text: expect.stringMatching(/5 attempts in a row[^]* POST \/v1\/webhooks\/wh_/),
        status: 'waiting',
        attempts: 0,
        lastError: null,
        createdAt: expect.any(String),
        sentAt: null,
      },
    ]);
    const { body } = await tenant.api.get(`/v1/mails?limit=1&cursor=${first.nextCursor}`);
    expect(body).toMatchObject({ data: [{ id: older }], nextCursor: null });
  });

  it('shows the platform those of all tenants, or of the one that it names', async () => {
    const all = (await api.platform.get('/v1/mails')).body.data;
    const tenantIds = all.map(({ tenantId }: { tenantId: string }) => tenantId);
    expect(new Set(tenantIds)).toEqual(new Set([tenant.tenantId, other.tenantId]));
    const { body } = await api.platform.get('/v1/mails', { 'x-tenant-id': other.tenantId });
    expect(body.data).toMatchObject([{ to: 'stranger@example.com' }]);
  });

  it('can be narrowed to a status', async () => {
    expect((await tenant.api.get('/v1/mails?status=failed')).body.data).toEqual([]);
    expect((await tenant.api.get('/v1/mails?status=waiting')).body.data).toHaveLength(2);
    expect((await tenant.api.get('/v1/mails?status=lost')).status).toBe(422);
  });

  it('shows one whose stored facts are damaged without its text, and the others whole', async () => {
    const own = await api.addTenant();
    await addMail(own, 'one@example.com');
    const damaged = await addMail(own, 'other@example.com');
    await api.database.query(
      `UPDATE mails SET facts = '{}' WHERE recipient = 'other@example.com'
      AND tenant_id = $1`,
      [own.tenantUuid],
    );
    const { status, body } = await own.api.get('/v1/mails');
    expect(status).toBe(200);
    expect(body.data).toMatchObject([
      { id: damaged, to: 'other@example.com', subject: null, text: null, status: 'waiting' },
      { text: expect.stringContaining('5 attempts in a row') },
    ]);
  });

  it('needs the permission webhooks:read', async () => {
    const reader = await tenant.apiWith('webhooks:read');
    expect((await reader.get('/v1/mails')).status).toBe(200);
    const writer = await tenant.apiWith('events:write');
    expect((await writer.get('/v1/mails')).body.code).toBe('permission_denied');
  });
});

describe('whom a tenant has told of paused webhooks', () => {
  it('is set by the platform, and nobody unless it is', async () => {
    const notificationEmails = ['owner@example.com', 'ops+bell@example.com'];
    const { status, body } = await api.platform.post('/v1/tenants', { name: 'Acme' });
    expect([status, body.notificationEmails]).toEqual([201, []]);
    const path = `/v1/tenants/${body.id}`;
    expect((await api.platform.patch(path, { notificationEmails })).body).toMatchObject({
      notificationEmails,
    });
    await api.platform.patch(path, { name: 'Acme 2' });
    expect((await api.platform.get(path)).body.notificationEmails).toEqual(notificationEmails);
    const named = { name: 'Acme 3', notificationEmails };
    expect((await api.platform.post('/v1/tenants', named)).body).toMatchObject(named);
  });

  it.each([
    ['no list', 'owner@example.com'],
    ['null', null],
    ['no addresses', ['owner']],
    ['a header', ['owner@example.com\r\nBcc: all@example.com']],
    ['something else', [42]],
    ['the same twice', ['owner@example.com', 'Owner@Example.com']],
    ['too many', Array.from({ length: 21 }, (_, n) => `owner${n}@example.com`)],
  ])('is refused as %s', async (_what, notificationEmails) => {
    const { status, body } = await api.platform.post('/v1/tenants', {
      name: 'Acme',
      notificationEmails,
    });
    expect([status, body.code]).toEqual([422, 'validation_failed']);
    expect(body.errors[0].path).toMatch(/^notificationEmails/);
  });
});
