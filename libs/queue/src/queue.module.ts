import { BullModule, getQueueToken } from '@nestjs/bullmq';
import { Module, type DynamicModule, type FactoryProvider } from '@nestjs/common';
import type { WakeSignals } from '@schoolbell/delivery';
import { BullWakes } from './bull-wakes.js';
import { MailQueue, MAILS_QUEUE } from './mail-queue.js';
import { asConnection, CalmQueue, CalmWorker } from './queue-classes.js';
import { QueueHealth } from './queue-health.js';
import type { QueueServer } from './queue-server.js';
import { WAKE_SIGNALS, WAKES } from './tokens.js';
import { WAKES_QUEUE } from './wake-job.js';

const SPACING_MS = { redis: 3, postgres: 15 };

/**
 * Wakes on BullMQ, and mails. Exports the {@link WAKES} port and {@link QueueHealth}. A process that has wake signals
 * provides {@link WAKE_SIGNALS}; one that consumes wakes also provides `WakeConsumer` and a `WAKE_LISTENER`.
 */
@Module({})
export class QueueModule {
  static forRoot(server: QueueServer): DynamicModule {
    const queue = queueOn(server, WAKES_QUEUE);
    return {
      module: QueueModule,
      global: true,
      imports: [queue],
      providers: [wakesOn(server), QueueHealth],
      exports: [queue, WAKES, QueueHealth],
    };
  }

  /** Exports {@link MailQueue}; the process provides `MailConsumer` and a `MAIL_LISTENER` beside it. */
  static forMails(server: QueueServer): DynamicModule {
    const queue = queueOn(server, MAILS_QUEUE);
    return {
      module: QueueModule,
      imports: [queue],
      providers: [MailQueue],
      exports: [queue, MailQueue],
    };
  }
}

function queueOn(server: QueueServer, name: string): DynamicModule {
  BullModule.queueClass = CalmQueue;
  BullModule.workerClass = CalmWorker;
  return BullModule.registerQueue({ name, connection: asConnection(server) });
}

function wakesOn(server: QueueServer): FactoryProvider<BullWakes> {
  const spacingMs = server.redis ? SPACING_MS.redis : SPACING_MS.postgres;
  return {
    provide: WAKES,
    inject: [getQueueToken(WAKES_QUEUE), { token: WAKE_SIGNALS, optional: true }],
    useFactory: (queue: CalmQueue, signals?: WakeSignals) => {
      const wakes = new BullWakes(queue, { spacingMs, signals });
      // The job that has just ended may be one that others wait for.
      queue.lastWords = () => wakes.told();
      return wakes;
    },
  };
}
