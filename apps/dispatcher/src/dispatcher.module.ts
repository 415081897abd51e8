import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { ServiceConfig } from '@schoolbell/config';
import type { Logger } from '@schoolbell/logging';
import {
  ChangeTeller,
  dispatcherApplicationName,
  openDatabase,
  PostgresWakeSignals,
} from '@schoolbell/persistence';
import { QueueModule, WAKE_SIGNALS } from '@schoolbell/queue';
import { Tracing } from '@schoolbell/tracing';
import { DeliveringModule } from './delivering.module.js';
import { AttemptSpans } from './measuring/attempt-spans.js';
import { DispatcherCounts } from './measuring/dispatcher-counts.js';
import { MailingModule } from './mailing/mailing.module.js';
import { MaintenanceModule } from './maintenance/maintenance.module.js';
import { thisRun } from './presence/this-run.js';
import { CHANGES, CONFIG, COUNTS, DATABASE, LOGGER, THIS_RUN } from './tokens.js';

/** The dispatcher: everything that sends. */
@Global()
@Module({})
export class DispatcherModule {
  static forRoot(config: ServiceConfig, logger: Logger): DynamicModule {
    const { databaseUrl, databaseDirectUrl, encryptionKeys, redis } = config;
    const run = thisRun(config.dispatcherName);
    const database = openDatabase({
      url: databaseUrl,
      directUrl: databaseDirectUrl,
      encryptionKeys,
      applicationName: dispatcherApplicationName(run.id),
      onConnectionError: (error) => logger.warn({ err: error }, 'database.connection_lost'),
    });
    const tracing = Tracing.ofProcess();
    const changes = new ChangeTeller(database.servingPool, (error) =>
      logger.debug({ err: error }, 'changes.not_told'),
    );
    return {
      module: DispatcherModule,
      imports: [
        QueueModule.forRoot({ databaseUrl: databaseDirectUrl ?? databaseUrl, redis }),
        DeliveringModule,
        MailingModule.forRoot(config),
        MaintenanceModule,
      ],
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: LOGGER, useValue: logger },
        { provide: THIS_RUN, useValue: run },
        { provide: DATABASE, useValue: database },
        { provide: CHANGES, useValue: changes },
        { provide: COUNTS, useValue: new DispatcherCounts(tracing && new AttemptSpans(tracing)) },
        { provide: WAKE_SIGNALS, useValue: new PostgresWakeSignals(database) },
      ],
      exports: [CONFIG, LOGGER, THIS_RUN, DATABASE, CHANGES, COUNTS, WAKE_SIGNALS],
    };
  }
}
