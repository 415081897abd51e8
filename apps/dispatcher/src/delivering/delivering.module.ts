import { Module, type FactoryProvider } from '@nestjs/common';
import type { ServiceConfig } from '@schoolbell/config';
import {
  createEgressPolicy,
  uuidV7,
  type DeliveryStore,
  type Sender,
  type Wakes,
} from '@schoolbell/delivery';
import { createSender } from '@schoolbell/egress';
import type { Logger } from '@schoolbell/logging';
import {
  isDatabaseUnavailable,
  PostgresDeliveryStore,
  type Database,
} from '@schoolbell/persistence';
import { WAKE_LISTENER, WakeConsumer, WAKES } from '@schoolbell/queue';
import { CONFIG, DATABASE, DELIVERY_STORE, LOGGER, SENDER } from '../tokens.js';
import { DeliveryPipeline } from './delivery-pipeline.js';

const store: FactoryProvider<DeliveryStore> = {
  provide: DELIVERY_STORE,
  inject: [DATABASE],
  useFactory: (database: Database) => new PostgresDeliveryStore(database),
};

const sender: FactoryProvider<Sender> = {
  provide: SENDER,
  inject: [CONFIG],
  useFactory: ({ egress }: ServiceConfig) => createSender({ policy: createEgressPolicy(egress) }),
};

const pipeline: FactoryProvider<DeliveryPipeline> = {
  provide: DeliveryPipeline,
  inject: [CONFIG, LOGGER, DELIVERY_STORE, SENDER, WAKES],
  useFactory: (
    config: ServiceConfig,
    logger: Logger,
    deliveryStore: DeliveryStore,
    guardedSender: Sender,
    wakes: Wakes,
  ) =>
    new DeliveryPipeline(
      {
        store: deliveryStore,
        sender: guardedSender,
        wakes,
        logger,
        newId: uuidV7,
        now: Date.now,
        random: Math.random,
      },
      {
        limits: { total: config.dispatcherMaxInFlight, perWebhook: config.webhookMaxInFlight },
        leaseSeconds: config.leaseSeconds,
        isUnavailable: isDatabaseUnavailable,
      },
    ),
};

/** From due to recorded, woken by the queue. */
@Module({
  providers: [
    store,
    sender,
    pipeline,
    { provide: WAKE_LISTENER, useExisting: DeliveryPipeline },
    WakeConsumer,
  ],
  exports: [DELIVERY_STORE, SENDER, DeliveryPipeline, WakeConsumer],
})
export class DeliveringModule {}
