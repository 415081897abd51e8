import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { type Database, openDatabase } from '@schoolbell/persistence';
import type { ApiSettings } from '../../../apps/api/src/config/api-settings.js';
import { createApi } from '../../../apps/api/src/create-api.js';
import {
  type ApiClient,
  apiClient,
  createDatabase,
  Customer,
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
  /** Uses the same key. */
  customer: Customer;
  /** With a new key of the tenant that has only these permissions. */
  apiWith(...permissions: string[]): Promise<ApiClient>;
}

interface RunningApi {
  url: string;
  stop(): Promise<void>;
}

export interface ApiUnderTest {
  url: string;
  database: TestDatabase;
  db: Database;
  platformKey: string;
  platform: ApiClient;
  /** Without a key. */
  stranger: ApiClient;
  addTenant(): Promise<TenantUnderTest>;
  /** Signs its access tokens. */
  jwtSecret: string;
  /** The raw 32 bytes of `ENCRYPTION_KEY`. */
  encryptionKey: Buffer;
  /** Starts another API of the installation. */
  another(options: { trustedProxies: string[] }): Promise<RunningApi>;
  stop(): Promise<void>;
}

/** The API in this process, on a free port, with its own database. No dispatcher runs. */
export async function startApi(
  own: Partial<Pick<ApiSettings, 'retentionDays'>> = {},
): Promise<ApiUnderTest> {
  const database = await createDatabase();
  const encryptionKey = randomBytes(32);
  const secrets = { encryptionKeys: [encryptionKey], jwtSecret: randomBytes(32).toString('hex') };
  const settings = { databaseUrl: database.url, ...secrets, ...own };
  const { url, stop } = await listen(settings);
  const platformKey = await seedKey(database);
  const { encryptionKeys, jwtSecret } = secrets;
  const db = openDatabase({ url: database.url, encryptionKeys });
  return {
    url,
    database,
    db,
    jwtSecret,
    encryptionKey,
    platformKey,
    platform: apiClient(url, platformKey),
    stranger: apiClient(url),
    addTenant: () => addTenant({ url, database, platformKey }),
    another: (options) => listen({ ...settings, ...options }),
    stop: async () => {
      await stop();
      await db.close();
      await database.drop();
    },
  };
}

/** Another API of an installation, in this process; its queue lives in Postgres. */
export async function startAnotherApi({
  database,
  encryptionKey,
}: Pick<Schoolbell, 'database' | 'encryptionKey'>): Promise<RunningApi> {
  const jwtSecret = randomBytes(32).toString('hex');
  return listen({ databaseUrl: database.url, encryptionKeys: [encryptionKey], jwtSecret });
}

async function listen(
  settings: Pick<ApiSettings, 'databaseUrl' | 'encryptionKeys' | 'jwtSecret' | 'trustedProxies'> &
    Partial<Pick<ApiSettings, 'retentionDays'>>,
): Promise<RunningApi> {
  const egress = { allowHttp: false, allow: [], allowLoopback: true };
  // Tests set the client's address in X-Forwarded-For.
  const trustedProxies = ['127.0.0.1/32'];
  const app = await createApi({ trustedProxies, retentionDays: 30, ...settings, egress }, false);
  await app.listen(0, '127.0.0.1');
  const url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  return { url, stop: () => app.close() };
}

async function addTenant({
  url,
  database,
  platformKey,
}: Pick<ApiUnderTest, 'url' | 'database' | 'platformKey'>): Promise<TenantUnderTest> {
  const tenant = await seedTenant(database);
  const { tenantUuid } = tenant;
  return {
    ...tenant,
    api: apiClient(url, tenant.tenantKey),
    customer: new Customer({ apiUrl: url, platformKey, ...tenant }),
    apiWith: async (...permissions) =>
      apiClient(url, await seedKey(database, { tenantUuid, permissions })),
  };
}
