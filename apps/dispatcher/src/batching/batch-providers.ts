import type { FactoryProvider } from '@nestjs/common';
import type { ServiceConfig } from '@schoolbell/config';
import {
  leaseIdsOf,
  type DeliveryChanges,
  type DeliveryStore,
  type Wakes,
} from '@schoolbell/delivery';
import type { Logger } from '@schoolbell/logging';
import { PostgresBatchStore, type Database, type DispatcherRun } from '@schoolbell/persistence';
import { WAKES } from '@schoolbell/queue';
import type { AttemptTools } from '../attempting/attempt-tools.js';
import { DeliveryPipeline } from '../claiming/delivery-pipeline.js';
import type { DispatcherCounts } from '../measuring/dispatcher-counts.js';
import type { Doorbell } from '../routines/doorbell.js';
import { pipelineOptions, SOURCES } from '../claiming/pipeline-options.js';
import {
  ATTEMPT_TOOLS,
  BATCH_PIPELINE,
  BATCH_STORE,
  CHANGES,
  CONFIG,
  COUNTS,
  DATABASE,
  FALLBACK_PIPELINE,
  LOGGER,
  OPERATIONAL_EVENTS,
  THIS_RUN,
} from '../tokens.js';
import { BatchWakes } from './batch-wakes.js';

const batchStore: FactoryProvider<PostgresBatchStore> = {
  provide: BATCH_STORE,
  inject: [DATABASE, THIS_RUN],
  useFactory: (database: Database, { id }: DispatcherRun) =>
    new PostgresBatchStore(database, leaseIdsOf(id)),
};

/** A batch may have a megabyte and a hundred deliveries. */
const SHARE_OF_BATCHES = 0.125;
/** How many batches one dispatcher has in flight. */
export function batchesInFlight({ dispatcherMaxInFlight }: ServiceConfig): number {
  return Math.ceil(dispatcherMaxInFlight * SHARE_OF_BATCHES);
}

/** Ten times the deliveries of a statement for single ones: some 0.2 s of Postgres. */
const BATCHES_PER_RECORD = 20;

const batchPipeline: FactoryProvider<DeliveryPipeline> = {
  provide: BATCH_PIPELINE,
  inject: [
    CONFIG,
    LOGGER,
    BATCH_STORE,
    ATTEMPT_TOOLS,
    WAKES,
    FALLBACK_PIPELINE,
    OPERATIONAL_EVENTS,
    CHANGES,
    COUNTS,
  ],
  useFactory: (
    config: ServiceConfig,
    logger: Logger,
    store: DeliveryStore,
    tools: AttemptTools,
    wakes: Wakes,
    fallbacks: DeliveryPipeline,
    operationalEvents: Doorbell,
    changes: DeliveryChanges,
    counts: DispatcherCounts,
  ) =>
    new DeliveryPipeline(
      {
        ...SOURCES,
        store: counts.measured(store, 'batches'),
        tools,
        wakes,
        fallbacks,
        operationalEvents,
        changes,
        logger,
      },
      {
        ...pipelineOptions(config, batchesInFlight(config)),
        mostPerRecord: BATCHES_PER_RECORD,
      },
    ),
};

const batchWakes: FactoryProvider<BatchWakes> = {
  provide: BatchWakes,
  inject: [DeliveryPipeline, BATCH_PIPELINE, BATCH_STORE],
  useFactory: (singles: DeliveryPipeline, batches: DeliveryPipeline, modes: PostgresBatchStore) =>
    new BatchWakes(singles, batches, modes),
};

/** The providers that send batches, for the delivering module. */
export const BATCH_PROVIDERS = [batchStore, batchPipeline, batchWakes];
