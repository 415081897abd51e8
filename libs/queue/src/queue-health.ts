import { setTimeout as sleep } from 'node:timers/promises';
import { InjectQueue } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import { RedisQueueBackend, type Queue } from 'bullmq';
import { ReplyError, type Redis } from 'ioredis';
import { WAKES_QUEUE } from './wake-job.js';

/**
 * `away`: the queue's server does not answer. `refusing`: it answers but takes no writes, such as a replica, or a
 * server whose memory is full. With either everything works on, by the sweep, a second or two later.
 */
export type QueueState = 'up' | 'away' | 'refusing';

const ANSWER_WITHIN_MS = 1000;

@Injectable()
export class QueueHealth {
  constructor(@InjectQueue(WAKES_QUEUE) private readonly queue: Queue) {}

  /** Asks the queue's server; answers within a second and never throws. */
  async state(): Promise<QueueState> {
    const answer = this.ask().then(
      () => 'up' as const,
      (error) => (error instanceof ReplyError ? ('refusing' as const) : ('away' as const)),
    );
    const late = sleep(ANSWER_WITHIN_MS, 'away' as const, { ref: false });
    return Promise.race([answer, late]);
  }

  private async ask(): Promise<void> {
    const backend = this.queue.getBackend();
    if (backend instanceof RedisQueueBackend) await writeNothing(backend);
    else await this.queue.getJobCounts('wait');
  }
}

/**
 * Has Redis write a set that is empty, and so leaves nothing behind. It is refused where a wake would be: by a
 * replica, without memory, without replicas that must be there, and, since it has two keys, by a node of a cluster
 * that is used as a single server.
 */
async function writeNothing(backend: RedisQueueBackend): Promise<void> {
  // It is what redis-client.ts made; BullMQ's own type has a few commands only.
  const client = (await backend.client) as unknown as Redis;
  await client.sunionstore(backend.toKey('health'), backend.toKey('nothing'));
}
