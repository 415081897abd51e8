import { afterAll, beforeAll, expect, it } from 'vitest';
import { addWebhook } from '../e2e/support/add-webhook.js';
import {
  apiClient,
  createDatabase,
  eventually,
  startCuttableProxy,
  startSchoolbell,
  type ApiClient,
  type CuttableProxy,
  type Schoolbell,
  type TestDatabase,
} from '../support/index.js';

let database: TestDatabase;
let proxy: CuttableProxy;
let schoolbell: Schoolbell;
let api: ApiClient;

beforeAll(async () => {
  database = await createDatabase();
  const url = new URL(database.url);
  proxy = await startCuttableProxy({ host: url.hostname, port: Number(url.port) });
  url.host = `127.0.0.1:${proxy.port}`;
  schoolbell = await startSchoolbell({
    database,
    dispatchers: 0,
    env: { DATABASE_URL: url.href },
  });
  api = apiClient(schoolbell.apiUrl, schoolbell.tenantKey);
  await addWebhook({ api });
});

afterAll(async () => {
  await schoolbell?.stop();
  await proxy?.close();
  await database?.drop();
});

const post = () =>
  api.post('/v1/events', {
    type: 'session.completed',
    data: { sessionId: 's', packageId: 'p', learnerId: 'l', completionStatus: 'completed' },
  });

it('answers 503 while Postgres is away, and has all that it promised when it is back', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, post));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));

  // Some are in the middle of their flush, whose outcome nobody can know any more.
  const interrupted = Array.from({ length: 200 }, post);
  await proxy.cut();
  const refused = await Promise.all(Array.from({ length: 20 }, post));
  for (const { status, body, headers } of refused) {
    expect([status, body.code]).toEqual([503, 'service_unavailable']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  }
  const outcomes = await Promise.all(interrupted);
  expect(
    [...new Set(outcomes.map(({ status }) => status))].every((one) => [202, 503].includes(one)),
  ).toBe(true);

  await proxy.mend();
  await eventually(async () => (await post()).status === 202, { timeoutMs: 15_000 });
  const promised = [...answers, ...outcomes].filter(({ status }) => status === 202);
  const rows = await database.query<{ id: string }>('SELECT id FROM events');
  expect(rows.length).toBeGreaterThan(promised.length);
  for (const { body } of promised) {
    const { body: event } = await api.get(`/v1/events/${body.id}`);
    expect(event.deliveries).toHaveLength(1);
  }
});
