import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { type Database, openDatabase } from '@schoolbell/persistence';
import { createApi } from '../../../apps/api/src/create-api.js';
import {
  type ApiClient,
  apiClient,
  createDatabase,
  seedKey,
  seedTenant,
  type Schoolbell,
  type TestDatabase,
} from '../../support/index.js';

export interface TenantUnderTest {
  tenantId: string;
  tenantUuid: string;
  tenantKey: string;
  /** With the tenant's key, which may do everything. */
  api: ApiClient;
  /** With a new key of the tenant that has these permissions only. */
  apiWith(...permissions: string[]): Promise<ApiClient>;
}

export interface ApiUnderTest {
  url: string;
  database: TestDatabase;
  db: Database;
  platformKey: string;
  platform: ApiClient;
  /** Without any key. */
  stranger: ApiClient;
  addTenant(): Promise<TenantUnderTest>;
  /** Signs its access tokens. */
  jwtSecret: string;
  stop(): Promise<void>;
}

/** The API in this process, on a free port, over a database of its own. Nobody dispatches. */
export async function startApi(): Promise<ApiUnderTest> {
  const database = await createDatabase();
  const encryptionKeys = [randomBytes(32)];
  const jwtSecret = randomBytes(32).toString('hex');
  const { url, stop } = await listen(database.url, encryptionKeys, jwtSecret);
  const platformKey = await seedKey(database);
  const db = openDatabase({ url: database.url, encryptionKeys });
  return {
    url,
    database,
    db,
    jwtSecret,
    platformKey,
    platform: apiClient(url, platformKey),
    stranger: apiClient(url),
    addTenant: () => addTenant(url, database),
    stop: async () => {
      await stop();
      await db.close();
      await database.drop();
    },
  };
}

/** One more API of an installation, in this process; its queue lives in Postgres. */
export async function startAnotherApi({
  database,
  encryptionKey,
  jwtSecret = 'j'.repeat(32),
}: Pick<Schoolbell, 'database' | 'encryptionKey'> & { jwtSecret?: string }): Promise<{
  url: string;
  stop(): Promise<void>;
}> {
  return listen(database.url, [encryptionKey], jwtSecret);
}

async function listen(databaseUrl: string, encryptionKeys: Buffer[], jwtSecret: string) {
  // Tests say in X-Forwarded-For whom a request is from.
  const trustedProxies = ['127.0.0.1/32'];
  const egress = { allowHttp: false, allow: [], allowLoopback: true };
  const settings = {
    databaseUrl,
    encryptionKeys,
    jwtSecret,
    retentionDays: 30,
    egress,
    trustedProxies,
  };
  const app = await createApi(settings, false);
  await app.listen(0, '127.0.0.1');
  const url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  return { url, stop: () => app.close() };
}

async function addTenant(url: string, database: TestDatabase): Promise<TenantUnderTest> {
  const tenant = await seedTenant(database);
  const { tenantUuid } = tenant;
  return {
    ...tenant,
    api: apiClient(url, tenant.tenantKey),
    apiWith: async (...permissions) =>
      apiClient(url, await seedKey(database, { tenantUuid, permissions })),
  };
}
