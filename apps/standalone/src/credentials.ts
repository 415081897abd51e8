import { randomBytes } from 'node:crypto';
import { PasswordHasher } from '@schoolbell/passwords';
import {
  ensureFirstKeys,
  ensureFirstOwner,
  makeFirstKeys,
  openDatabase,
  type FirstKeys,
} from '@schoolbell/persistence';
import { OperatorError, readJson, writePrivateJson } from '@schoolbell/process';
import { keysOf } from './secrets.js';

const TENANT_NAME = 'Acme Learning';
const OWNER_EMAIL = 'owner@acme-learning.example';

/** How to sign in: for people and scripts on this machine, readable by the file's owner alone. */
export interface Credentials extends FirstKeys {
  apiUrl: string;
  dashboardUrl: string;
  /** The owner's login. */
  dashboard: { email: string; password: string };
}

export interface CredentialsOptions {
  /** `credentials.json` */
  path: string;
  apiUrl: string;
  databaseUrl: string;
  /** Base64, comma-separated. */
  encryptionKey: string;
}

/**
 * The credentials of this installation: made at the first start and the same ever after, except for the URLs, which
 * follow `HOST` and `PORT`. The file is written before the rows, so that an interrupted start leaves no key that nobody
 * knows.
 */
export async function ensureCredentials(options: CredentialsOptions): Promise<Credentials> {
  const known = await readJson<Partial<Credentials>>(options.path);
  const made = known ?? { ...makeFirstKeys(), dashboard: makeLogin() };
  const urls = { apiUrl: options.apiUrl, dashboardUrl: `${options.apiUrl}/` };
  const credentials = complete({ ...urls, ...made, ...urls }, options.path);
  await writePrivateJson(options.path, credentials);
  await store(credentials, options);
  return credentials;
}

function makeLogin(): Credentials['dashboard'] {
  return { email: OWNER_EMAIL, password: randomBytes(15).toString('base64url') };
}

function complete(credentials: Partial<Credentials>, path: string): Credentials {
  const { platformKey, tenantId, tenantKey, dashboard } = credentials;
  if (platformKey && tenantId && tenantKey && dashboard?.email && dashboard.password) {
    return credentials as Credentials;
  }
  throw new OperatorError(
    'data_folder',
    `${path} is incomplete. Restore it from a backup, or delete it to have new keys made.`,
  );
}

async function store(credentials: Credentials, options: CredentialsOptions): Promise<void> {
  const encryptionKeys = keysOf(options.encryptionKey);
  const database = openDatabase({ url: options.databaseUrl, encryptionKeys });
  try {
    const { tenantId, dashboard } = credentials;
    await ensureFirstKeys(database, credentials, TENANT_NAME);
    await ensureFirstOwner(database, tenantId, dashboard, new PasswordHasher());
  } finally {
    await database.close();
  }
}
