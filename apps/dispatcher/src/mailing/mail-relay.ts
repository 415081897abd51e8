import type { DueMail, MailStore } from '@schoolbell/notices';
import type { Outage } from '../outages/outage.js';
import type { Mailing } from './mailing.js';
import type { Postman } from './postman.js';

const MOST_AT_ONCE = 100;

/** Where mails go from here. */
interface MailQueue {
  /** Rejects when the queue's server is away. */
  add(mails: readonly DueMail[]): Promise<void>;
}

interface MailRelayOptions {
  intervalMs: number;
}

/**
 * Looks for due mails, new ones and retries, and puts them on the queue; while the queue's server is away, they are
 * sent right here.
 */
export class MailRelay implements Mailing {
  constructor(
    private readonly store: Pick<MailStore, 'due'>,
    private readonly queue: MailQueue,
    private readonly postman: Pick<Postman, 'onMail' | 'drain'>,
    private readonly outage: Outage,
    private readonly options: MailRelayOptions,
  ) {}

  async round(): Promise<number> {
    try {
      const mails = await this.store.due(MOST_AT_ONCE);
      await this.queue.add(mails).catch(() => this.sendHere(mails));
      this.outage.worked();
      return this.options.intervalMs;
    } catch (error) {
      return this.outage.failed(error);
    }
  }

  drain(graceMs: number): Promise<void> {
    return this.postman.drain(graceMs);
  }

  private async sendHere(mails: readonly DueMail[]): Promise<void> {
    for (const { id } of mails) await this.postman.onMail(id);
  }
}
