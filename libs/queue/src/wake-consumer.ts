import { Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject } from '@nestjs/common';
import type { WakeListener } from '@schoolbell/delivery';
import type { Job } from 'bullmq';
import { RETRY_DELAY_MS } from './queue-classes.js';
import { WAKE_LISTENER } from './tokens.js';
import { WAKES_QUEUE, type WakeJob } from './wake-job.js';

/**
 * How many wakes are worked on at the same time. More than one, so that wakes that arrive during a claim share the
 * next one; few, so that a busy dispatcher leaves the rest to others.
 */
const CONCURRENCY = 4;

/** Takes wake jobs from the queue to the {@link WakeListener} of the process. A job ends once claimed. */
@Processor(WAKES_QUEUE, { concurrency: CONCURRENCY, runRetryDelay: RETRY_DELAY_MS })
export class WakeConsumer extends WorkerHost {
  constructor(@Inject(WAKE_LISTENER) private readonly listener: WakeListener) {
    super();
  }

  override async process(job: Job<WakeJob>): Promise<void> {
    await this.listener.onWake(job.data.webhookIds);
  }

  /** Takes no more jobs; those under way are finished. */
  async stop(): Promise<void> {
    await this.worker.close();
  }
}
