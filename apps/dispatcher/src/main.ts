import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import { ConfigError, loadServiceConfig, type ServiceConfig } from '@schoolbell/config';
import { createLogger, NestLogger, type Logger } from '@schoolbell/logging';
import { isDatabaseUnavailable, requireEncryptionKeys } from '@schoolbell/persistence';
import { Outage } from './delivering/outage.js';
import { DispatcherModule } from './dispatcher.module.js';
import { Maintenance } from './maintenance/maintenance.js';
import { stopDispatcher } from './stop-dispatcher.js';

/** Ctrl-C reaches a whole process group, and whoever watches over it passes it on: that is one wish. */
const SAME_WISH_MS = 1000;

await start();

async function start(): Promise<void> {
  const config = readConfig();
  const logger = createLogger({ level: config.logLevel, name: 'dispatcher' });
  try {
    await checkEncryptionKeys(config, logger);
    const app = await NestFactory.createApplicationContext(
      DispatcherModule.forRoot(config, logger),
      { logger: new NestLogger(logger), abortOnError: false },
    );
    onSignal(logger, () => stopDispatcher(app, config.shutdownGraceSeconds * 1000));
    app.get(Maintenance).start();
    logger.info('dispatching');
  } catch (error) {
    logger.fatal({ err: error }, 'could not start');
    process.exit(1);
  }
}

/** Before anything is claimed: with a wrong key, it would all fail. Waits for Postgres. */
async function checkEncryptionKeys(config: ServiceConfig, logger: Logger): Promise<void> {
  const { databaseUrl: url, encryptionKeys } = config;
  const outage = new Outage('starting', logger);
  for (;;) {
    try {
      return await requireEncryptionKeys({ url, encryptionKeys });
    } catch (error) {
      if (!isDatabaseUnavailable(error)) throw error;
      await sleep(outage.failed(error));
    }
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

/** Exit 0 once stopped; a second signal exits at once. */
function onSignal(logger: Logger, stop: () => Promise<void>): void {
  let stoppingSince: number | undefined;
  const onStop = (signal: NodeJS.Signals): void => {
    if (stoppingSince !== undefined) {
      if (performance.now() - stoppingSince > SAME_WISH_MS) process.exit(1);
      return;
    }
    stoppingSince = performance.now();
    logger.info({ signal }, 'stopping');
    stop().then(
      () => {
        logger.info('stopped');
        process.exit(0);
      },
      (error: unknown) => {
        logger.error({ err: error }, 'could not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onStop);
  process.on('SIGINT', onStop);
}
