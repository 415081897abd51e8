import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceConfig } from '@schoolbell/config';
import type { Logger } from '@schoolbell/logging';
import {
  isDatabaseUnavailable,
  isRefusedLogin,
  requireEncryptionKeys,
} from '@schoolbell/persistence';
import { Outage } from './outages/outage.js';

/**
 * Runs before anything is claimed: with a wrong key, every delivery would fail. Waits for Postgres.
 *
 * @throws MissingEncryptionKeysError
 */
export async function checkEncryptionKeys(config: ServiceConfig, logger: Logger): Promise<void> {
  const { databaseUrl: url, encryptionKeys } = config;
  const outage = new Outage('starting', logger);
  for (;;) {
    try {
      return await requireEncryptionKeys({ url, encryptionKeys });
    } catch (error) {
      if (!isDatabaseUnavailable(error) || isRefusedLogin(error)) throw error;
      await sleep(outage.failed(error));
    }
  }
}
