import type { FactoryProvider } from '@nestjs/common';
import type { ServiceConfig } from '@schoolbell/config';
import type { Logger } from '@schoolbell/logging';
import {
  DispatcherRegister,
  type Database,
  type DispatcherRun,
  type PostgresBatchStore,
  type PostgresDeliveryStore,
  type PostgresFallbackStore,
} from '@schoolbell/persistence';
import { BatchWakes } from '../batching/batch-wakes.js';
import { DeliveryPipeline } from '../claiming/delivery-pipeline.js';
import { Outage } from '../outages/outage.js';
import {
  BATCH_STORE,
  CONFIG,
  DATABASE,
  DELIVERY_STORE,
  FALLBACK_PIPELINE,
  FALLBACK_STORE,
  LOGGER,
  THIS_RUN,
} from '../tokens.js';
import { DeathWatch } from './death-watch.js';

/** Including the time of a claim, others take over within 5 s. */
const MOST_PATIENCE_MS = 2_000;

export const deathWatch: FactoryProvider<DeathWatch> = {
  provide: DeathWatch,
  inject: [
    CONFIG,
    LOGGER,
    DATABASE,
    THIS_RUN,
    DELIVERY_STORE,
    DeliveryPipeline,
    FALLBACK_STORE,
    FALLBACK_PIPELINE,
    BATCH_STORE,
    BatchWakes,
  ],
  useFactory: (
    config: ServiceConfig,
    logger: Logger,
    database: Database,
    run: DispatcherRun,
    deliveries: PostgresDeliveryStore,
    pipeline: DeliveryPipeline,
    fallbacks: PostgresFallbackStore,
    fallbackPipeline: DeliveryPipeline,
    batches: PostgresBatchStore,
    batchWakes: BatchWakes,
  ) =>
    new DeathWatch(
      new DispatcherRegister(database, run),
      [
        { leases: deliveries, heir: pipeline },
        { leases: fallbacks, heir: fallbackPipeline },
        { leases: batches, heir: { onWake: (ids) => batchWakes.onFound(ids) } },
      ],
      new Outage('watching_dispatchers', logger),
      logger,
      { intervalMs: Math.min(config.sweepIntervalMs, MOST_PATIENCE_MS) },
    ),
};
