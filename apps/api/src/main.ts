import 'reflect-metadata';
import { ConfigError, loadServiceConfig, type ServiceConfig } from '@schoolbell/config';
import { createLogger, type Logger, NestLogger } from '@schoolbell/logging';
import { isDatabaseUnavailable, requireEncryptionKeys } from '@schoolbell/persistence';
import { createApi } from './create-api.js';

/** Kept of the grace period, so that the end of the process, its last lines included, is within it. */
const CLOSING_MS = 1500;

await start();

async function start(): Promise<void> {
  const config = readConfig();
  const logger = createLogger({ level: config.logLevel, name: 'api' });
  try {
    await checkEncryptionKeys(config, logger);
    const app = await createApi(config, new NestLogger(logger));
    stopOnSignal(() => app.close(), config.shutdownGraceSeconds, logger);
    await app.listen(config.port, config.host);
    logger.info({ host: config.host, port: config.port }, 'listening');
  } catch (error) {
    logger.fatal({ err: error }, 'could not start');
    process.exitCode = 1;
    process.exit();
  }
}

function readConfig(): ServiceConfig {
  try {
    return loadServiceConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

/** While Postgres is away the API starts and says so; it has nothing to decrypt then. */
async function checkEncryptionKeys(config: ServiceConfig, logger: Logger): Promise<void> {
  const { databaseUrl: url, encryptionKeys } = config;
  try {
    await requireEncryptionKeys({ url, encryptionKeys });
  } catch (error) {
    if (!isDatabaseUnavailable(error)) throw error;
    logger.warn({ err: error }, 'encryption_keys.not_checked');
  }
}

/** Exit 0 once everything has finished, or the grace period is nearly over; 1 when a second signal came. */
function stopOnSignal(close: () => Promise<void>, graceSeconds: number, logger: Logger): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(1);
    stopping = true;
    logger.info({ signal }, 'stopping');
    const graceMs = graceSeconds * 1000;
    setTimeout(endUnanswered, Math.max(graceMs - CLOSING_MS, graceMs / 2), logger).unref();
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'could not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** Whoever still waits for an answer gets none, and repeats the request elsewhere. */
function endUnanswered(logger: Logger): void {
  logger.warn('stopped with requests unanswered');
  process.exit(0);
}
