import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceConfig } from '@schoolbell/config';
import type { Logger } from '@schoolbell/logging';
import {
  isDatabaseUnavailable,
  isRefusedLogin,
  requireEncryptionKeys,
  requireSessions,
} from '@schoolbell/persistence';
import { Outage } from './outages/outage.js';

/**
 * Runs before anything is claimed: with a wrong key, every delivery would fail. Waits for Postgres.
 *
 * @throws SessionsError or MissingEncryptionKeysError
 */
export async function checkDatabase(config: ServiceConfig, logger: Logger): Promise<void> {
  const { databaseUrl: url, databaseDirectUrl: directUrl, encryptionKeys } = config;
  const outage = new Outage('starting', logger);
  for (;;) {
    try {
      await requireSessions({ url, directUrl });
      return await requireEncryptionKeys({ url: directUrl ?? url, encryptionKeys });
    } catch (error) {
      if (!isDatabaseUnavailable(error) || isRefusedLogin(error)) throw error;
      await sleep(outage.failed(error));
    }
  }
}
