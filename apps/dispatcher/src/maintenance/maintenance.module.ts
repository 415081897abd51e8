import { Module, type FactoryProvider } from '@nestjs/common';
import type { ServiceConfig } from '@schoolbell/config';
import type { DeliveryChanges, DeliveryStore, Sender, Wakes } from '@schoolbell/delivery';
import type { Logger } from '@schoolbell/logging';
import {
  AttemptCounter,
  CertificateWarnings,
  BacklogCounter,
  EventCounter,
  hasAsyncStandbyOnly,
  History,
  IndexUpkeep,
  OperationSteps,
  PostgresFanOuts,
  PostgresHandshakeStore,
  LaunchCounter,
  type Database,
} from '@schoolbell/persistence';
import { QueueHealth, WAKES } from '@schoolbell/queue';
import { BatchWakes } from '../batching/batch-wakes.js';
import { DeliveringModule } from '../delivering.module.js';
import { DeliveryPipeline } from '../claiming/delivery-pipeline.js';
import type { Doorbell } from '../routines/doorbell.js';
import { Outage } from '../outages/outage.js';
import {
  BATCH_PIPELINE,
  BATCH_STORE,
  BATCH_SWEEPER,
  CHANGES,
  CONFIG,
  COUNTS,
  DATABASE,
  DELIVERY_STORE,
  FALLBACK_PIPELINE,
  FALLBACK_STORE,
  FALLBACK_SWEEPER,
  LOGGER,
  MAILING,
  OPERATIONAL_EVENTS,
  SENDER,
} from '../tokens.js';
import type { DispatcherCounts } from '../measuring/dispatcher-counts.js';
import { HandshakeRunner } from '../handshaking/handshake-runner.js';
import { requestOrigin } from '../handshaking/request-origin.js';
import { DeathWatch } from '../presence/death-watch.js';
import { deathWatch } from '../presence/presence-providers.js';
import { CertificateWatch } from './certificate-watch.js';
import { Counting } from './counting/counting.js';
import { LaunchCounting } from './counting/launch-counting.js';
import { FanOutRunner } from './fan-out-runner.js';
import { Maintenance } from './maintenance.js';
import { OperationRunner } from './operation-runner.js';
import { Pruner } from './pruning/pruner.js';
import { type Chore, Routine } from '../routines/routine.js';
import { StandbyWatch } from './standby-watch.js';
import { Sweeper } from './sweeper.js';
import { IndexKeeper } from './upkeep/index-keeper.js';

/** The longest time before handshakes begin, and operations and fan-outs that no dispatcher announced. */
const MOST_PATIENCE_MS = 1_000;

/** The longest time before a launch is counted and a threshold is told; `GET /v1/usage` does not wait for it. */
const LAUNCHES_INTERVAL_MS = 1_000;

const sweeper: FactoryProvider<Sweeper> = {
  provide: Sweeper,
  inject: [CONFIG, LOGGER, DELIVERY_STORE, DeliveryPipeline, QueueHealth, COUNTS],
  useFactory: (
    config: ServiceConfig,
    logger: Logger,
    store: DeliveryStore,
    pipeline: DeliveryPipeline,
    queue: QueueHealth,
    counts: DispatcherCounts,
  ) =>
    new Sweeper(store, pipeline, new Outage('sweeping', logger), {
      intervalMs: config.sweepIntervalMs,
      wakesArrive: async () => (await queue.state()) === 'up',
      hasRoom: () => pipeline.hasRoom,
      onFound: (webhookIds) =>
        counts.found('deliveries', webhookIds, (id) => pipeline.couldTake(id)),
    }),
};

const fallbackSweeper: FactoryProvider<Sweeper> = {
  provide: FALLBACK_SWEEPER,
  inject: [CONFIG, LOGGER, FALLBACK_STORE, FALLBACK_PIPELINE, COUNTS],
  useFactory: (
    { sweepIntervalMs }: ServiceConfig,
    logger: Logger,
    store: DeliveryStore,
    pipeline: DeliveryPipeline,
    counts: DispatcherCounts,
  ) =>
    new Sweeper(store, pipeline, new Outage('sweeping fallbacks', logger), {
      intervalMs: sweepIntervalMs,
      wakesArrive: async () => true,
      hasRoom: () => pipeline.hasRoom,
      onFound: (webhookIds) =>
        counts.found('fallbacks', webhookIds, (id) => pipeline.couldTake(id)),
    }),
};

const batchSweeper: FactoryProvider<Sweeper> = {
  provide: BATCH_SWEEPER,
  inject: [CONFIG, LOGGER, BATCH_STORE, BATCH_PIPELINE, BatchWakes, QueueHealth, COUNTS],
  useFactory: (
    { sweepIntervalMs }: ServiceConfig,
    logger: Logger,
    store: DeliveryStore,
    pipeline: DeliveryPipeline,
    wakes: BatchWakes,
    queue: QueueHealth,
    counts: DispatcherCounts,
  ) =>
    new Sweeper(
      store,
      { onWake: (webhookIds) => wakes.onFound(webhookIds) },
      new Outage('sweeping batches', logger),
      {
        intervalMs: sweepIntervalMs,
        wakesArrive: async () => (await queue.state()) === 'up',
        hasRoom: () => pipeline.hasRoom,
        onFound: (webhookIds) =>
          counts.found('batches', webhookIds, (id) => pipeline.couldTake(id)),
      },
    ),
};

const pruner: FactoryProvider<Pruner> = {
  provide: Pruner,
  inject: [CONFIG, LOGGER, DATABASE],
  useFactory: (config: ServiceConfig, logger: Logger, database: Database) =>
    new Pruner(new History(database, config.retentionDays, config.idempotencyKeyHours), logger),
};

const indexKeeper: FactoryProvider<IndexKeeper> = {
  provide: IndexKeeper,
  inject: [LOGGER, DATABASE],
  useFactory: (logger: Logger, database: Database) =>
    new IndexKeeper(new IndexUpkeep(database), logger),
};

const counting: FactoryProvider<Counting> = {
  provide: Counting,
  inject: [LOGGER, DATABASE],
  useFactory: (logger: Logger, database: Database) =>
    new Counting(
      [new AttemptCounter(database), new EventCounter(database), new BacklogCounter(database)],
      new Outage('counting', logger),
    ),
};

const launchCounting: FactoryProvider<LaunchCounting> = {
  provide: LaunchCounting,
  inject: [CONFIG, LOGGER, DATABASE, OPERATIONAL_EVENTS],
  useFactory: (config: ServiceConfig, logger: Logger, database: Database, doorbell: Doorbell) =>
    new LaunchCounting(
      new LaunchCounter(database),
      doorbell,
      new Outage('counting_launches', logger),
      logger,
      { intervalMs: Math.min(config.sweepIntervalMs, LAUNCHES_INTERVAL_MS) },
    ),
};

const certificateWatch: FactoryProvider<CertificateWatch> = {
  provide: CertificateWatch,
  inject: [LOGGER, DATABASE],
  useFactory: (logger: Logger, database: Database) =>
    new CertificateWatch(
      new CertificateWarnings(database),
      new Outage('watching_certificates', logger),
      logger,
    ),
};

const standbyWatch: FactoryProvider<StandbyWatch> = {
  provide: StandbyWatch,
  inject: [CONFIG, LOGGER, DATABASE],
  useFactory: ({ warnOfAsyncStandby }: ServiceConfig, logger: Logger, database: Database) =>
    new StandbyWatch(
      async () => warnOfAsyncStandby && (await hasAsyncStandbyOnly(database.maintenancePool)),
      new Outage('watching_standbys', logger),
      logger,
    ),
};

const operationRunner: FactoryProvider<OperationRunner> = {
  provide: OperationRunner,
  inject: [CONFIG, LOGGER, DATABASE, WAKES, CHANGES, COUNTS],
  useFactory: (
    config: ServiceConfig,
    logger: Logger,
    database: Database,
    wakes: Wakes,
    changes: DeliveryChanges,
    counts: DispatcherCounts,
  ) =>
    new OperationRunner(
      counts.countingOperations(new OperationSteps(database)),
      wakes,
      changes,
      new Outage('operating', logger),
      logger,
      { intervalMs: Math.min(config.sweepIntervalMs, MOST_PATIENCE_MS) },
    ),
};

const fanOutRunner: FactoryProvider<FanOutRunner> = {
  provide: FanOutRunner,
  inject: [CONFIG, LOGGER, DATABASE, WAKES, OPERATIONAL_EVENTS],
  useFactory: (
    config: ServiceConfig,
    logger: Logger,
    database: Database,
    wakes: Wakes,
    doorbell: Doorbell,
  ) =>
    new FanOutRunner(
      new PostgresFanOuts(database),
      wakes,
      doorbell,
      new Outage('fanning_out', logger),
      { intervalMs: Math.min(config.sweepIntervalMs, MOST_PATIENCE_MS) },
    ),
};

const handshakeRunner: FactoryProvider<HandshakeRunner> = {
  provide: HandshakeRunner,
  inject: [CONFIG, LOGGER, DATABASE, SENDER, WAKES],
  useFactory: (
    config: ServiceConfig,
    logger: Logger,
    database: Database,
    sender: Sender,
    wakes: Wakes,
  ) =>
    new HandshakeRunner(
      {
        store: new PostgresHandshakeStore(database),
        sender,
        wakes,
        outage: new Outage('shaking_hands', logger),
        logger,
      },
      {
        origin: requestOrigin(config.publicUrl),
        intervalMs: Math.min(config.sweepIntervalMs, MOST_PATIENCE_MS),
      },
    ),
};

const maintenance: FactoryProvider<Maintenance> = {
  provide: Maintenance,
  inject: [
    DeathWatch,
    Sweeper,
    FALLBACK_SWEEPER,
    BATCH_SWEEPER,
    Pruner,
    IndexKeeper,
    Counting,
    LaunchCounting,
    CertificateWatch,
    StandbyWatch,
    OperationRunner,
    FanOutRunner,
    HandshakeRunner,
    MAILING,
  ],
  useFactory: (...chores: Chore[]) => new Maintenance(chores.map((chore) => new Routine(chore))),
};

/** Everything that is done periodically, whether or not somebody asks for it. */
@Module({
  imports: [DeliveringModule],
  providers: [
    deathWatch,
    sweeper,
    fallbackSweeper,
    batchSweeper,
    operationRunner,
    fanOutRunner,
    handshakeRunner,
    pruner,
    indexKeeper,
    counting,
    launchCounting,
    certificateWatch,
    standbyWatch,
    maintenance,
  ],
  exports: [Maintenance],
})
export class MaintenanceModule {}
