import { Module, type FactoryProvider } from '@nestjs/common';
import type { ServiceConfig } from '@schoolbell/config';
import { createEgressPolicy } from '@schoolbell/destinations';
import {
  leaseIdsOf,
  type DeliveryChanges,
  type DeliveryStore,
  type Sender,
  type Wakes,
  WEBHOOK_LIMITS,
} from '@schoolbell/delivery';
import { createSender } from '@schoolbell/egress';
import { ExpressionPool } from '@schoolbell/expressions';
import type { Logger } from '@schoolbell/logging';
import {
  PostgresAccessTokenStore,
  PostgresDeliveryStore,
  PostgresFallbackStore,
  PostgresWebhookExpressions,
  WakeSignalListener,
  type Database,
  type DispatcherRun,
} from '@schoolbell/persistence';
import { BATCH_PROVIDERS, batchesInFlight } from './batching/batch-providers.js';
import { BatchWakes } from './batching/batch-wakes.js';
import { WAKE_LISTENER, WakeConsumer, WAKES } from '@schoolbell/queue';
import { AccessTokens } from './attempting/preparing/access-tokens.js';
import type { AttemptTools } from './attempting/attempt-tools.js';
import { BodyTemplate } from './expressions/body-template.js';
import { EventFilter } from './expressions/event-filter.js';
import {
  ATTEMPT_TOOLS,
  BATCH_PIPELINE,
  BATCH_STORE,
  CHANGES,
  CONFIG,
  COUNTS,
  DATABASE,
  DELIVERY_STORE,
  FALLBACK_PIPELINE,
  FALLBACK_STORE,
  LOGGER,
  OPERATIONAL_EVENTS,
  SENDER,
  THIS_RUN,
} from './tokens.js';
import { DeliveryPipeline } from './claiming/delivery-pipeline.js';
import type { DispatcherCounts } from './measuring/dispatcher-counts.js';
import { Doorbell } from './routines/doorbell.js';
import { pipelineOptions, SOURCES } from './claiming/pipeline-options.js';

const store: FactoryProvider<DeliveryStore> = {
  provide: DELIVERY_STORE,
  inject: [DATABASE, THIS_RUN],
  useFactory: (database: Database, { id }: DispatcherRun) =>
    new PostgresDeliveryStore(database, leaseIdsOf(id)),
};

const sender: FactoryProvider<Sender> = {
  provide: SENDER,
  inject: [CONFIG],
  useFactory: ({ egress, egressProxy }: ServiceConfig) =>
    createSender({ policy: createEgressPolicy(egress), proxy: egressProxy }),
};

/**
 * Filters are asked about each event in flight, and all of these may be one tenant's; batches have a hundred times as
 * many.
 */
const expressionPool: FactoryProvider<ExpressionPool> = {
  provide: ExpressionPool,
  inject: [CONFIG],
  useFactory: (config: ServiceConfig) =>
    new ExpressionPool({
      maxWaitingPerKey:
        config.dispatcherMaxInFlight + batchesInFlight(config) * WEBHOOK_LIMITS.batchEvents,
    }),
};

const attemptTools: FactoryProvider<AttemptTools> = {
  provide: ATTEMPT_TOOLS,
  inject: [SENDER, DATABASE, LOGGER, ExpressionPool],
  useFactory: (guardedSender: Sender, database: Database, logger: Logger, pool: ExpressionPool) => {
    const { now } = SOURCES;
    const tokenStore = new PostgresAccessTokenStore(database);
    const tokens = new AccessTokens({ sender: guardedSender, store: tokenStore, logger, now });
    const expressions = new PostgresWebhookExpressions(database);
    const filter = new EventFilter({ pool, expressions, logger, now });
    const template = new BodyTemplate({ pool, expressions });
    return { sender: guardedSender, tokens, filter, template };
  },
};

const fallbackStore: FactoryProvider<DeliveryStore> = {
  provide: FALLBACK_STORE,
  inject: [DATABASE, THIS_RUN],
  useFactory: (database: Database, { id }: DispatcherRun) =>
    new PostgresFallbackStore(database, leaseIdsOf(id)),
};

/** Fallbacks have slots of their own, so that a hanging one takes none from deliveries. */
const SHARE_OF_FALLBACKS = 0.125;

/** Nobody is woken for the retry of a fallback: the sweep finds it. */
const NO_WAKES: Wakes = { wake: () => undefined, wakeLater: () => undefined };

const fallbackPipeline: FactoryProvider<DeliveryPipeline> = {
  provide: FALLBACK_PIPELINE,
  inject: [CONFIG, LOGGER, FALLBACK_STORE, ATTEMPT_TOOLS, CHANGES, COUNTS],
  useFactory: (
    config: ServiceConfig,
    logger: Logger,
    store: DeliveryStore,
    tools: AttemptTools,
    changes: DeliveryChanges,
    counts: DispatcherCounts,
  ) =>
    new DeliveryPipeline(
      {
        ...SOURCES,
        store: counts.measured(store, 'fallbacks'),
        tools,
        wakes: NO_WAKES,
        changes,
        logger,
      },
      pipelineOptions(config, Math.ceil(config.dispatcherMaxInFlight * SHARE_OF_FALLBACKS)),
    ),
};

const pipeline: FactoryProvider<DeliveryPipeline> = {
  provide: DeliveryPipeline,
  inject: [
    CONFIG,
    LOGGER,
    DELIVERY_STORE,
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
    deliveryStore: DeliveryStore,
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
        store: counts.measured(deliveryStore, 'deliveries'),
        tools,
        wakes,
        fallbacks,
        operationalEvents,
        changes,
        logger,
      },
      pipelineOptions(config, config.dispatcherMaxInFlight),
    ),
};

/** From due to recorded, woken by the queue. */
@Module({
  providers: [
    store,
    sender,
    expressionPool,
    attemptTools,
    pipeline,
    fallbackStore,
    fallbackPipeline,
    { provide: OPERATIONAL_EVENTS, useFactory: () => new Doorbell() },
    ...BATCH_PROVIDERS,
    {
      provide: WAKE_LISTENER,
      inject: [BatchWakes, COUNTS],
      useFactory: (wakes: BatchWakes, counts: DispatcherCounts) =>
        counts.countingWakes(wakes, 'job'),
    },
    WakeConsumer,
    {
      provide: WakeSignalListener,
      inject: [DATABASE, BatchWakes, COUNTS],
      useFactory: (database: Database, wakes: BatchWakes, counts: DispatcherCounts) =>
        new WakeSignalListener(database, counts.countingWakes(wakes, 'signal')),
    },
  ],
  exports: [
    DELIVERY_STORE,
    SENDER,
    ExpressionPool,
    DeliveryPipeline,
    FALLBACK_STORE,
    FALLBACK_PIPELINE,
    BATCH_STORE,
    BATCH_PIPELINE,
    BatchWakes,
    OPERATIONAL_EVENTS,
    WakeConsumer,
    WakeSignalListener,
  ],
})
export class DeliveringModule {}
