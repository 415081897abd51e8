// Makes a first tenant, a key for it and a platform key, and prints them this once: the way into an
// installation that `npm start` did not set up.
import { ConfigError, loadServiceConfig } from '@schoolbell/config';
import { ensureFirstKeys, makeFirstKeys, openDatabase } from '@schoolbell/persistence';
import { databaseFaultInWords } from './database-fault-in-words.js';
import { OperatorError } from '@schoolbell/process';
import { tell, warn } from './terminal.js';

const TENANT_NAME = 'First tenant';

try {
  const { databaseUrl, databaseDirectUrl, encryptionKeys } = loadServiceConfig();
  await print(databaseDirectUrl ?? databaseUrl, [...encryptionKeys]);
} catch (error) {
  if (!(error instanceof OperatorError || error instanceof ConfigError)) throw error;
  warn(error.message);
  process.exitCode = 1;
}

async function print(url: string, encryptionKeys: Buffer[]): Promise<void> {
  const database = openDatabase({ url, encryptionKeys });
  try {
    const keys = makeFirstKeys();
    await ensureFirstKeys(database, keys, TENANT_NAME);
    tell(JSON.stringify(keys, null, 2));
  } catch (error) {
    throw databaseFaultInWords(error, url);
  } finally {
    await database.close();
  }
}
