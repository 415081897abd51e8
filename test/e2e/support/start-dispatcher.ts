import { ServiceProcess } from '../../support/index.js';
import type { ApiUnderTest } from './start-api.js';

/**
 * A dispatcher of an installation, in a process of its own. Whoever starts it stops it.
 *
 * @param env its settings in addition to those that every test needs
 */
export function startDispatcher(
  { database, encryptionKey }: Pick<ApiUnderTest, 'database' | 'encryptionKey'>,
  env: Record<string, string> = {},
): ServiceProcess {
  return new ServiceProcess('dispatcher', {
    PATH: process.env.PATH ?? '',
    DATABASE_URL: database.url,
    ENCRYPTION_KEY: encryptionKey.toString('base64'),
    EGRESS_LOOPBACK: 'true',
    ...env,
  });
}
