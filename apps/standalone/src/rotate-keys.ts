// Encrypts the secrets of webhooks and users with the first key of ENCRYPTION_KEY, so that the other keys can be
// removed. It can be interrupted and run again at any time. Without DATABASE_URL, it uses the database of the running
// `npm start` on SCHOOLBELL_HOME.
import { resolve, join } from 'node:path';
import { ConfigError, loadConfig, readEnvironment, type Config } from '@schoolbell/config';
import { openDatabase, rotateKeys, type KeyRotation } from '@schoolbell/persistence';
import { databaseFaultInWords } from './database-fault-in-words.js';
import { embeddedPostgresUrl } from '@schoolbell/embedded-postgres';
import { OperatorError } from '@schoolbell/process';
import { keptEncryptionKeys } from './secrets.js';
import { tell, warn } from './terminal.js';

const TELL_EVERY = 1_000;

try {
  process.exitCode = await run(loadConfig(readEnvironment(process.cwd())));
} catch (error) {
  if (!(error instanceof OperatorError || error instanceof ConfigError)) throw error;
  warn(error.message);
  process.exitCode = 1;
}

/** @returns the exit code: 0 when the first key alone suffices now */
async function run(config: Config): Promise<number> {
  const home = resolve(config.schoolbellHome);
  const url =
    config.databaseDirectUrl ??
    config.databaseUrl ??
    (await embeddedPostgresUrl(join(home, 'postgres')));
  const encryptionKeys =
    config.encryptionKeys ?? (await keptEncryptionKeys(join(home, 'secrets.json')));
  if (url === undefined) throw missing('DATABASE_URL');
  if (encryptionKeys === undefined) throw missing('ENCRYPTION_KEY');
  const database = openDatabase({ url, encryptionKeys, applicationName: 'schoolbell rotate-keys' });
  try {
    const rotation = await rotateKeys(database, tellProgress());
    return report(rotation, database.secretBox.keyIds[0]!);
  } catch (error) {
    throw databaseFaultInWords(error, url);
  } finally {
    await database.close();
  }
}

function missing(setting: string): ConfigError {
  return new ConfigError([{ setting, message: 'is required' }]);
}

function tellProgress(): (rotated: number) => void {
  let told = 0;
  return (rotated) => {
    if (rotated - told < TELL_EVERY) return;
    told = rotated;
    tell(`${rotated} webhooks and users so far …`);
  };
}

function report({ rotated, unreadable, oldKeys }: KeyRotation, firstKey: string): number {
  tell(
    rotated === 0
      ? `Nothing to do: all secrets that can be read are encrypted with the key ${firstKey}.`
      : `Encrypted the secrets of ${rotated} webhooks and users with the key ${firstKey}.`,
  );
  for (const { ownerId, reason } of unreadable) {
    warn(`${ownerId} cannot be read and was left as it is. ${reason}`);
  }
  for (const { id, webhooks, users } of oldKeys) {
    warn(
      `The key ${id} is still needed by ${webhooks} webhooks and ${users} users. Keep it in ENCRYPTION_KEY.`,
    );
  }
  if (oldKeys.length > 0) {
    warn(
      'Run this again when every API has the new ENCRYPTION_KEY, and when what cannot be read was set again ' +
        'or its webhook or user was deleted.',
    );
    return 1;
  }
  tell('Webhooks and users that need another key: 0. Old keys can be removed from ENCRYPTION_KEY.');
  return unreadable.length > 0 ? 1 : 0;
}
