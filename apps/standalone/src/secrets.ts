import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '@schoolbell/config';
import type { DataFolder } from './data-folder.js';
import { OperatorError, readJson, writePrivateJson } from '@schoolbell/process';

/** In the form in which API and dispatcher find them in the environment. */
export interface Secrets {
  encryptionKey: string;
  jwtSecret: string;
}

/** The keys of an `ENCRYPTION_KEY`. */
export function keysOf(encryptionKey: string): Buffer[] {
  return encryptionKey.split(',').map((key) => Buffer.from(key.trim(), 'base64'));
}

/** The keys that `npm start` generated; undefined if there are none. */
export async function keptEncryptionKeys(path: string): Promise<Buffer[] | undefined> {
  const kept = await readJson<Partial<Secrets>>(path);
  return kept?.encryptionKey === undefined ? undefined : keysOf(kept.encryptionKey);
}

/**
 * The secrets of the environment, or else those that are generated once and kept in the data folder.
 *
 * @throws OperatorError `data_folder` when they are lost while the data that they encrypted is there
 */
export async function secretsOf(config: Config, folder: DataFolder): Promise<Secrets> {
  const kept = await keptSecrets(folder, config.encryptionKeys !== undefined);
  const fromEnvironment = config.encryptionKeys?.map((key) => key.toString('base64')).join(',');
  return {
    encryptionKey: fromEnvironment ?? kept.encryptionKey,
    jwtSecret: config.jwtSecret ?? kept.jwtSecret,
  };
}

async function keptSecrets(folder: DataFolder, keyIsGiven: boolean): Promise<Secrets> {
  const kept = await readJson<Partial<Secrets>>(folder.secrets);
  if (kept?.encryptionKey && kept.jwtSecret) return kept as Secrets;
  if (!keyIsGiven && existsSync(join(folder.postgres, 'data'))) {
    throw new OperatorError(
      'data_folder',
      `${folder.secrets} is missing or incomplete, and with it the key to the webhook secrets in the database. Restore it from a backup, or set ENCRYPTION_KEY.`,
    );
  }
  const made = {
    encryptionKey: randomBytes(32).toString('base64'),
    jwtSecret: randomBytes(32).toString('base64url'),
  };
  await writePrivateJson(folder.secrets, made);
  return made;
}
