import { toTypeId, uuidV7 } from '@schoolbell/ids';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { eventually } from '../support/index.js';
import { type ApiUnderTest, startApi, type TenantUnderTest } from './support/start-api.js';
import { startDispatcher } from './support/start-dispatcher.js';

const DAY = 86_400_000;
const OLD = Date.now() - 9 * DAY;

let schoolbell: ApiUnderTest;
let tenant: TenantUnderTest;
beforeAll(async () => {
  schoolbell = await startApi({ retentionDays: 7 });
  tenant = await schoolbell.addTenant();
  return () => schoolbell.stop();
});

it('a dispatcher prunes what is older than RETENTION_DAYS; asked for by its id, it says so', async () => {
  const { database } = schoolbell;
  const { api, customer, tenantUuid } = tenant;
  const webhook = await customer.webhook('https://lms.example.com/hook');
  const [id, eventId] = [uuidV7(OLD), uuidV7(OLD)];
  await database.query(
    `INSERT INTO events (id, tenant_id, type, occurred_at, payload)
     VALUES ($1, $2, 'session.completed', now(), '{}')`,
    [eventId, tenantUuid],
  );
  await database.query(
    `INSERT INTO deliveries (id, event_id, tenant_id, webhook_id, event_type, status)
     SELECT $1, $2, $3, id, 'session.completed', 'delivered' FROM webhooks`,
    [id, eventId, tenantUuid],
  );
  const paths = [
    `/v1/deliveries/${toTypeId('delivery', id)}`,
    `/v1/events/${toTypeId('event', eventId)}`,
  ];
  for (const path of paths) expect(await api.get(path)).toMatchObject({ status: 200 });
  const dispatcher = startDispatcher(schoolbell, { RETENTION_DAYS: '7' });
  onTestFinished(async () => void (await dispatcher.term()));
  for (const path of paths) {
    const answer = await eventually(async () => {
      const got = await api.get(path);
      return got.status === 404 && got;
    });
    expect(answer.body).toMatchObject({ code: 'not_found' });
    expect(answer.body.detail).toContain('History is kept for 7 days');
  }
  expect(await customer.deliveries(webhook)).toEqual([]);
});

it('an id that is young and unknown is said to be unknown, no more', async () => {
  const { status, body } = await tenant.api.get(`/v1/events/${toTypeId('event', uuidV7())}`);
  expect({ status, detail: body.detail }).toEqual({
    status: 404,
    detail: 'There is no such event.',
  });
});
