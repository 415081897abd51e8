import type { Logger } from '@schoolbell/logging';
import type { Chore } from '../routines/routine.js';

const DAY_MS = 86_400_000;

/** A dispatcher's work on mails. */
export interface Mailing extends Chore {
  /** Takes no more mails, and waits this long for those that are being sent. */
  drain(graceMs: number): Promise<void>;
}

/** Mailing without a mail server: says every day that there is none. */
export class MailsAreKept implements Mailing {
  constructor(private readonly logger: Logger) {}

  async round(): Promise<number> {
    this.logger.info({ because: 'SMTP_URL is not set' }, 'mails.kept');
    return DAY_MS;
  }

  async drain(): Promise<void> {}
}
