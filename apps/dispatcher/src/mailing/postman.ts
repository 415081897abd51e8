import { setTimeout as sleep } from 'node:timers/promises';
import {
  bringsNothing,
  judgeMail,
  renderMail,
  type ClaimedMail,
  type Mailer,
  type MailListener,
  type MailResult,
  type MailStore,
  type MailText,
  type MailVerdict,
} from '@schoolbell/notices';
import { toTypeId } from '@schoolbell/ids';
import type { Logger } from '@schoolbell/logging';
import type { Outage } from '../outages/outage.js';

interface PostmanOptions {
  leaseSeconds: number;
  /** Base of the links in mails. */
  publicUrl: string | undefined;
}

const CANNOT_BE_WRITTEN: MailResult = {
  kind: 'refused',
  error: 'The e-mail could not be written: what is stored about it is damaged.',
};

const LINK_IS_OVER: MailResult = {
  kind: 'refused',
  error: 'The link of the e-mail was used, or had expired, before the e-mail could be sent.',
};

/** Sends a mail: claim → write → send → judge → record. */
export class Postman implements MailListener {
  private readonly underWay = new Map<string, Promise<void>>();
  private stopped = false;
  private abandoned = false;

  constructor(
    private readonly store: MailStore,
    private readonly mailer: Mailer,
    private readonly outage: Outage,
    private readonly logger: Logger,
    private readonly options: PostmanOptions,
    private readonly random: () => number = Math.random,
  ) {}

  /**
   * Never rejects: what could not be done now is found again when its lease has ended. A mail that is still under way
   * here, because Postgres was away for longer than a lease, is not begun again.
   */
  async onMail(mailId: string): Promise<void> {
    if (this.stopped || this.underWay.has(mailId)) return;
    const sending = this.send(mailId);
    this.underWay.set(mailId, sending);
    await sending;
    this.underWay.delete(mailId);
  }

  /**
   * Takes no more mails, and waits for those under way.
   *
   * @param graceMs how long to wait
   */
  async drain(graceMs: number): Promise<void> {
    this.stopped = true;
    await Promise.race([
      Promise.all(this.underWay.values()),
      sleep(graceMs, undefined, { ref: false }),
    ]);
    this.abandoned = true;
  }

  private async send(mailId: string): Promise<void> {
    try {
      const mail = await this.store.claim(mailId, this.options.leaseSeconds);
      if (!mail) return;
      const result = bringsNothing(mail) ? LINK_IS_OVER : await this.writeAndSend(mail);
      const verdict = judgeMail(result, mail.attempt, this.random());
      this.log(mail, verdict, result);
      await this.record(mail, verdict);
    } catch (error) {
      this.outage.failed(error);
    }
  }

  private async writeAndSend(mail: ClaimedMail): Promise<MailResult> {
    const text = this.written(mail);
    if (!text) return CANNOT_BE_WRITTEN;
    return this.mailer.send({ id: mail.id, to: mail.recipient, ...text });
  }

  private written(mail: ClaimedMail): MailText | undefined {
    try {
      return renderMail(mail, this.options.publicUrl);
    } catch (err) {
      this.logger.error({ mailId: toTypeId('mail', mail.id), err }, 'mail.damaged');
      return undefined;
    }
  }

  /** Repeats until Postgres takes it: a lost outcome would have the mail sent again. */
  private async record(mail: ClaimedMail, verdict: MailVerdict): Promise<void> {
    while (!this.abandoned) {
      try {
        await this.store.record(mail, verdict);
        return this.outage.worked();
      } catch (error) {
        await sleep(this.outage.failed(error));
      }
    }
  }

  /** Without addresses, which do not belong in a log; whose mail it is can be looked up. */
  private log(mail: ClaimedMail, verdict: MailVerdict, result: MailResult): void {
    const line = {
      mailId: toTypeId('mail', mail.id),
      tenantId: mail.tenantId && toTypeId('tenant', mail.tenantId),
      kind: mail.kind,
      attempt: mail.attempt,
    };
    if (verdict.kind === 'sent') return this.logger.info(line, 'mail.sent');
    const smtp = result.kind === 'failed' ? result.detail : undefined;
    const error = withoutAddresses(verdict.error);
    this.logger.warn({ ...line, error, smtp }, `mail.${verdict.kind}`);
  }
}

/**
 * A mail server repeats the recipient, in its own spelling, or names the address to which it would have forwarded the
 * mail.
 */
function withoutAddresses(text: string): string {
  return text.replaceAll(/(?:"[^"]*"|[^\s<>"]+)@[^\s<>"]+/g, '[address]');
}
