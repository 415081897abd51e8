import { BullModule, getQueueToken } from '@nestjs/bullmq';
import { Module, type DynamicModule, type FactoryProvider } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { BullWakes } from './bull-wakes.js';
import { asConnection, WakesQueue, WakesWorker } from './queue-classes.js';
import { QueueHealth } from './queue-health.js';
import type { QueueServer } from './queue-server.js';
import { WAKES } from './tokens.js';
import { WAKES_QUEUE } from './wake-job.js';

const SPACING_MS = { redis: 3, postgres: 15 };

/**
 * Wakes on BullMQ. Exports the {@link WAKES} port and {@link QueueHealth}; a process that consumes wakes
 * also provides `WakeConsumer` and a `WAKE_LISTENER`.
 */
@Module({})
export class QueueModule {
  static forRoot(server: QueueServer): DynamicModule {
    BullModule.queueClass = WakesQueue;
    BullModule.workerClass = WakesWorker;
    const queue = BullModule.registerQueue({
      name: WAKES_QUEUE,
      connection: asConnection(server),
    });
    return {
      module: QueueModule,
      global: true,
      imports: [queue],
      providers: [wakesOn(server), QueueHealth],
      exports: [queue, WAKES, QueueHealth],
    };
  }
}

function wakesOn(server: QueueServer): FactoryProvider<BullWakes> {
  const spacingMs = server.redisUrl === undefined ? SPACING_MS.postgres : SPACING_MS.redis;
  return {
    provide: WAKES,
    inject: [getQueueToken(WAKES_QUEUE)],
    useFactory: (queue: Queue) => new BullWakes(queue, { spacingMs }),
  };
}
