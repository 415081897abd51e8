import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { OccasionalLog } from '@schoolbell/logging';
import { Queue, Worker, type Processor, type QueueOptions, type WorkerOptions } from 'bullmq';
import { createQueueBackend } from './queue-backend.js';
import type { QueueServer } from './queue-server.js';
import { reasonOf } from './reason-of.js';

/** Closing waits for the server's goodbye, but not for a server that is away. */
const CLOSE_TIMEOUT_MS = 1000;

/**
 * How soon a worker tries again after an error, such as a lost server. BullMQ's own 15 s would outlast most restarts.
 */
export const RETRY_DELAY_MS = 1000;

/** How long a stopping process may take to send the wakes that it has gathered. */
const LAST_WORDS_MS = 1000;

/** What `@nestjs/bullmq` makes queues from: BullMQ's own, on either backend, and calm when its server is away. */
export class CalmQueue extends Queue {
  /** Resolves once no wake is left to be sent; closing waits for it. */
  lastWords: () => Promise<void> = async () => undefined;

  constructor(name: string, options: QueueOptions) {
    super(name, options, createQueueBackend as never);
    logErrors(this);
  }

  override async close(): Promise<void> {
    await Promise.race([this.lastWords(), sleep(LAST_WORDS_MS, undefined, { ref: false })]);
    await closeSoon(this, super.close());
  }
}

/** As {@link CalmQueue}, for workers. */
export class CalmWorker extends Worker {
  constructor(name: string, processor: Processor, options: WorkerOptions) {
    super(name, processor, options, createQueueBackend as never);
    logErrors(this);
  }

  override async close(): Promise<void> {
    await closeSoon(this, super.close());
  }
}

/** Wraps the server so that it passes for the connection options that `@nestjs/bullmq` hands through. */
export function asConnection(server: QueueServer): QueueOptions['connection'] {
  return server as unknown as QueueOptions['connection'];
}

/**
 * Says goodbye properly if the server answers, otherwise hangs up: a client that is left alone reconnects for ever.
 */
async function closeSoon(source: Queue | Worker, goodbye: Promise<void>): Promise<void> {
  const late = sleep(CLOSE_TIMEOUT_MS, undefined, { ref: false });
  await Promise.race([goodbye, late]).catch(() => undefined);
  void source.disconnect().catch(() => undefined);
}

function logErrors(source: Queue | Worker): void {
  const log = new OccasionalLog(new Logger('Queue'));
  const onError = (error: Error) =>
    log.warn(`The queue's server is in trouble: ${reasonOf(error)}`);
  (source as Worker).on('error', onError);
}
