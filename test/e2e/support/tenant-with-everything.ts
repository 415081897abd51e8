import { randomBytes } from 'node:crypto';
import { toTypeId, uuidV7 } from '@schoolbell/ids';
import { eventually, seedMail } from '../../support/index.js';
import type { ApiUnderTest, TenantUnderTest } from './start-api.js';
import { acceptEvents } from './waiting-deliveries.js';

/** A tenant's id for each resource in a path, such as `webhooks`, and for everything else that has ids. */
export type IdsOfTenant = Record<string, string>;

const SETTINGS = { url: 'https://example.com/', events: ['*'] };

/** Gives a tenant something of every kind. What it makes due stays due, since no dispatcher runs. */
export async function fillTenant(api: ApiUnderTest, tenant: TenantUnderTest): Promise<IdsOfTenant> {
  // Repeats a call that was refused for being too busy, as the sandbox is while it starts for the event type.
  const post = (path: string, sent?: object) =>
    eventually(async () => {
      const { status, body } = await tenant.api.post(path, sent);
      if (status >= 300) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
      return body;
    });
  // Names that neither another tenant nor an example of the docs has.
  const name = `theirs_${randomBytes(6).toString('hex')}`;
  const session = { sessionId: `ses ${name}`, packageId: `pkg ${name}`, learnerId: `lrn ${name}` };
  const ownType = { type: `own.${name}`, description: 'Theirs.', schema: true, example: {} };
  const webhook = await post('/v1/webhooks', SETTINGS);
  const old = await post('/api/v1/webhooks', {
    url: SETTINGS.url,
    event_type: 'session.completed',
  });
  await post('/v1/scorm/launches', session);
  const apiKey = await post('/v1/api-keys', { name: 'Theirs', permissions: ['events:read'] });
  const eventType = await post('/v1/event-types', ownType);
  await acceptEvents(api, tenant, 2);
  const row = await someDelivery(api, tenant);
  const mail = { tenantUuid: tenant.tenantUuid, recipient: 'owner@theirs.example' };
  return {
    webhooks: webhook.id,
    'scorm-api': old.id,
    'api-keys': apiKey.id,
    tenants: tenant.tenantId,
    'event-types': eventType.name,
    deliveries: toTypeId('delivery', row.id),
    events: toTypeId('event', row.event_id),
    scorm: session.sessionId,
    packages: session.packageId,
    learners: session.learnerId,
    attempts: await addAttempt(api, tenant, row),
    mails: toTypeId('mail', await seedMail(api.database, mail)),
    ...(await addUser(api, tenant)),
    operations: await startOperation(api, tenant),
    'event-rejections': await addRejection(api, tenant),
    'audit-log': await newestEntry(api, tenant),
  };
}

interface DeliveryIds {
  id: string;
  event_id: string;
  webhook_id: string;
}

async function someDelivery(api: ApiUnderTest, { tenantUuid }: TenantUnderTest) {
  const rows = await api.database.query<DeliveryIds>(
    'SELECT id, event_id, webhook_id FROM deliveries WHERE tenant_id = $1 ORDER BY id LIMIT 1',
    [tenantUuid],
  );
  return rows[0]!;
}

/** An operation that never ends, since no dispatcher runs. */
async function startOperation(api: ApiUnderTest, tenant: TenantUnderTest): Promise<string> {
  await api.database.query(
    `UPDATE deliveries SET status = 'dead', dead_at = now() WHERE id =
       (SELECT id FROM deliveries WHERE tenant_id = $1 ORDER BY id DESC LIMIT 1)`,
    [tenant.tenantUuid],
  );
  return (await tenant.api.post('/v1/dead-letters/retry')).body.id;
}

async function addAttempt(
  { database }: ApiUnderTest,
  { tenantUuid }: TenantUnderTest,
  delivery: DeliveryIds,
): Promise<string> {
  const id = uuidV7();
  await database.query(
    `INSERT INTO attempts (id, tenant_id, delivery_id, webhook_id, number, trigger, outcome, at, url, format,
       request_headers, total_ms)
     VALUES ($1, $2, $3, $4, 1, 'scheduled', 'failed', now(), 'https://theirs.example', 'allureconnect', '{}', 5)`,
    [id, tenantUuid, delivery.id, delivery.webhook_id],
  );
  return toTypeId('attempt', id);
}

/** A user with a session, whose id goes with `/v1/me/sessions/{id}`. */
async function addUser({ database }: ApiUnderTest, { tenantUuid }: TenantUnderTest) {
  const [id, sessionId] = [uuidV7(), uuidV7()];
  await database.query(
    `INSERT INTO users (id, tenant_id, email, name, role) VALUES ($1, $2, $3, 'Theirs', 'owner')`,
    [id, tenantUuid, `${id}@theirs.example`],
  );
  await database.query(
    `INSERT INTO user_sessions (id, user_id, tenant_id, address, user_agent, expires_at)
     VALUES ($1, $2, $3, '127.0.0.1', 'theirs', now() + interval '7 days')`,
    [sessionId, id, tenantUuid],
  );
  return { users: toTypeId('user', id), me: toTypeId('session', sessionId) };
}

async function addRejection({ database }: ApiUnderTest, { tenantUuid }: TenantUnderTest) {
  const id = uuidV7();
  await database.query(
    `INSERT INTO event_rejections (id, tenant_id, at, operation, status, code, detail, errors, request_id)
     VALUES ($1, $2, now(), 'postEvent', 422, 'validation_failed', 'Theirs.', '[]', 'theirs')`,
    [id, tenantUuid],
  );
  return toTypeId('eventRejection', id);
}

async function newestEntry({ database }: ApiUnderTest, { tenantUuid }: TenantUnderTest) {
  const [entry] = await database.query<{ id: string }>(
    'SELECT id FROM audit_log WHERE tenant_id = $1 ORDER BY id DESC LIMIT 1',
    [tenantUuid],
  );
  return toTypeId('auditEntry', entry!.id);
}
