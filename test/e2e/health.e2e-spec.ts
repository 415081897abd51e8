import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApi } from '../../apps/api/src/create-api.js';
import type { RedisServer } from '@schoolbell/queue';
import {
  apiClient,
  createDatabase,
  reservedPort,
  seedTenant,
  serverAt,
  type TestDatabase,
} from '../support/index.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

/** The API with these servers, which may be away. */
async function apiOver(settings: { databaseUrl: string; redis?: RedisServer }) {
  const egress = { allowHttp: false, allow: [], allowLoopback: false };
  const app = await createApi(
    {
      ...settings,
      encryptionKeys: [randomBytes(32)],
      jwtSecret: 'j'.repeat(32),
      retentionDays: 30,
      egress,
    },
    false,
  );
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => app.close() };
}

describe('health', () => {
  it('names each part with its state when all is well', async () => {
    const api = await apiOver({ databaseUrl: database.url });
    const { status, body } = await apiClient(api.url).get('/health/ready');
    expect(status).toBe(200);
    expect(body).toEqual({
      status: 'up',
      checks: { postgres: { status: 'up' }, migrations: { status: 'up' }, queue: { status: 'up' } },
    });
    await api.close();
  });

  it('is degraded without Redis, and everything goes on', async () => {
    const { tenantKey } = await seedTenant(database);
    const redis = serverAt(`redis://127.0.0.1:${await reservedPort()}`);
    const api = await apiOver({ databaseUrl: database.url, redis });
    const { status, body } = await apiClient(api.url).get('/health/ready');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status: 'degraded',
      checks: { postgres: { status: 'up' }, queue: { status: 'degraded' } },
    });
    expect((await apiClient(api.url, tenantKey).get('/v1/webhooks')).status).toBe(200);
    await api.close();
  });

  it('is 503 without Postgres, while the process lives and refuses politely', async () => {
    const databaseUrl = `postgresql://u:p@127.0.0.1:${await reservedPort()}/none`;
    const api = await apiOver({ databaseUrl });
    const client = apiClient(api.url, `sbk_${'7'.repeat(43)}`);
    expect((await client.get('/health/live')).body).toEqual({ status: 'up' });
    const ready = await client.get('/health/ready');
    expect(ready.status).toBe(503);
    expect(ready.body).toMatchObject({ status: 'down', checks: { postgres: { status: 'down' } } });
    const refused = await client.get('/v1/webhooks');
    expect([refused.status, refused.body.code]).toEqual([503, 'service_unavailable']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(JSON.stringify(refused.body)).not.toMatch(/ECONN|127\.0\.0\.1|postgres/i);
    await api.close();
  });

  it('is 503 while migrations are missing', async () => {
    const behind = await createDatabase();
    await behind.query(
      `DELETE FROM _prisma_migrations WHERE migration_name =
         (SELECT max(migration_name) FROM _prisma_migrations)`,
    );
    const api = await apiOver({ databaseUrl: behind.url });
    const { status, body } = await apiClient(api.url).get('/health/ready');
    expect(status).toBe(503);
    expect(body.checks.migrations).toMatchObject({ status: 'down' });
    expect(body.checks.migrations.detail).toMatch(/^Not applied yet: \d{14}_/);
    await api.close();
    await behind.drop();
  });
});
