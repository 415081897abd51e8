import { setTimeout as sleep } from 'node:timers/promises';
import { InjectQueue } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { WAKES_QUEUE } from './wake-job.js';

/** `degraded`: the queue's server is away; everything works on, by the sweep, a second or two later. */
export type QueueState = 'up' | 'degraded';

const ANSWER_WITHIN_MS = 1000;

@Injectable()
export class QueueHealth {
  constructor(@InjectQueue(WAKES_QUEUE) private readonly queue: Queue) {}

  /** Asks the queue's server; answers within a second and never throws. */
  async state(): Promise<QueueState> {
    const answer = this.queue.getJobCounts('wait').then(
      () => 'up' as const,
      () => 'degraded' as const,
    );
    const late = sleep(ANSWER_WITHIN_MS, 'degraded' as const, { ref: false });
    return Promise.race([answer, late]);
  }
}
