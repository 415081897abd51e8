import { setTimeout as sleep } from 'node:timers/promises';
import { Processor, InjectQueue, WorkerHost } from '@nestjs/bullmq';
import { Inject, Injectable } from '@nestjs/common';
import type { DueMail, MailListener } from '@schoolbell/notices';
import type { Job, Queue } from 'bullmq';
import { RETRY_DELAY_MS } from './queue-classes.js';
import { MAIL_LISTENER } from './tokens.js';
import { LEAVE_NO_TRACE } from './wake-job.js';

export const MAILS_QUEUE = 'mails';

/** Mails that one dispatcher is sending at the same time. */
const CONCURRENCY = 2;

/** A server to which no connection was made for this long counts as away: BullMQ waits for its first one without end. */
const CONNECTED_WITHIN_MS = 1000;

/** A job only says which mail to send, so it may be lost or come twice. */
interface MailJob {
  mailId: string;
}

/** Brings mails that are due to one of the dispatchers. */
@Injectable()
export class MailQueue {
  constructor(@InjectQueue(MAILS_QUEUE) private readonly queue: Queue) {}

  /**
   * A mail that is in the queue for its next attempt is not put there again.
   *
   * @throws when the queue's server is away
   */
  async add(mails: readonly DueMail[]): Promise<void> {
    if (mails.length === 0) return;
    await this.requireConnection();
    await this.queue.addBulk(
      mails.map(({ id, attempts }) => ({
        name: 'mail',
        data: { mailId: id } satisfies MailJob,
        opts: { ...LEAVE_NO_TRACE, jobId: `${id}@${attempts}` },
      })),
    );
  }

  private async requireConnection(): Promise<void> {
    const late = sleep(CONNECTED_WITHIN_MS, 'late', { ref: false });
    const first = await Promise.race([this.queue.waitUntilReady(), late]);
    if (first === 'late')
      throw new Error('There has been no connection to the queue’s server yet.');
  }
}

/** Takes mail jobs from the queue to the `MailListener` of the process. */
@Processor(MAILS_QUEUE, { concurrency: CONCURRENCY, runRetryDelay: RETRY_DELAY_MS })
export class MailConsumer extends WorkerHost {
  constructor(@Inject(MAIL_LISTENER) private readonly listener: MailListener) {
    super();
  }

  override async process(job: Job<MailJob>): Promise<void> {
    await this.listener.onMail(job.data.mailId);
  }
}
