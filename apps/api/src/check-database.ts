import type { ServiceConfig } from '@schoolbell/config';
import type { Logger } from '@schoolbell/logging';
import {
  isDatabaseUnavailable,
  isRefusedLogin,
  requireEncryptionKeys,
  requireSessions,
} from '@schoolbell/persistence';

/**
 * While Postgres is away the API starts and says so; it has nothing to decrypt then.
 *
 * @throws SessionsError or MissingEncryptionKeysError
 */
export async function checkDatabase(config: ServiceConfig, logger: Logger): Promise<void> {
  const { databaseUrl: url, databaseDirectUrl: directUrl, encryptionKeys } = config;
  try {
    await requireSessions({ url, directUrl });
    await requireEncryptionKeys({ url: directUrl ?? url, encryptionKeys });
  } catch (error) {
    if (!isDatabaseUnavailable(error) || isRefusedLogin(error)) throw error;
    logger.warn({ err: error }, 'database.not_checked');
  }
}
