import type { ServiceConfig } from '@schoolbell/config';
import type { Logger } from '@schoolbell/logging';
import {
  isDatabaseUnavailable,
  isRefusedLogin,
  requireEncryptionKeys,
} from '@schoolbell/persistence';

/**
 * If Postgres is away, the API starts and reports that; there is nothing to decrypt then.
 *
 * @throws MissingEncryptionKeysError
 */
export async function checkEncryptionKeys(config: ServiceConfig, logger: Logger): Promise<void> {
  const { databaseUrl: url, encryptionKeys } = config;
  try {
    await requireEncryptionKeys({ url, encryptionKeys });
  } catch (error) {
    if (!isDatabaseUnavailable(error) || isRefusedLogin(error)) throw error;
    logger.warn({ err: error }, 'encryption_keys.not_checked');
  }
}
