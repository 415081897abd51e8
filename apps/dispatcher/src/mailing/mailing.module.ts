import { Module, type DynamicModule, type FactoryProvider } from '@nestjs/common';
import type { ServiceConfig } from '@schoolbell/config';
import type { Logger } from '@schoolbell/logging';
import { createMailer } from '@schoolbell/mail';
import { PostgresMailStore, type Database } from '@schoolbell/persistence';
import { MAIL_LISTENER, MailConsumer, MailQueue, QueueModule } from '@schoolbell/queue';
import { Outage } from '../outages/outage.js';
import type { DispatcherCounts } from '../measuring/dispatcher-counts.js';
import { CONFIG, COUNTS, DATABASE, LOGGER, MAILING } from '../tokens.js';
import { MailRelay } from './mail-relay.js';
import { MailsAreKept, type Mailing } from './mailing.js';
import { Postman } from './postman.js';

/** Sends e-mails if there is a mail server; otherwise says that there is none. */
@Module({})
export class MailingModule {
  static forRoot(config: ServiceConfig): DynamicModule {
    const { smtpUrl, mailFrom, databaseUrl, databaseDirectUrl, redis } = config;
    const module = { module: MailingModule, global: true, exports: [MAILING] };
    if (!smtpUrl || !mailFrom) return { ...module, providers: [MAILS_ARE_KEPT] };
    const mailer = createMailer({ smtpUrl, from: mailFrom });
    const postman: FactoryProvider<Postman> = {
      provide: MAIL_LISTENER,
      inject: [CONFIG, LOGGER, DATABASE, COUNTS],
      useFactory: (
        { leaseSeconds, publicUrl }: ServiceConfig,
        logger: Logger,
        db: Database,
        counts: DispatcherCounts,
      ) => {
        const store = counts.countingMails(new PostgresMailStore(db));
        const outage = new Outage('mailing', logger);
        return new Postman(store, mailer, outage, logger, { leaseSeconds, publicUrl });
      },
    };
    return {
      ...module,
      imports: [QueueModule.forMails({ databaseUrl: databaseDirectUrl ?? databaseUrl, redis })],
      providers: [postman, MailConsumer, MAIL_RELAY],
    };
  }
}

const MAILS_ARE_KEPT: FactoryProvider<Mailing> = {
  provide: MAILING,
  inject: [LOGGER],
  useFactory: (logger: Logger) => new MailsAreKept(logger),
};

const MAIL_RELAY: FactoryProvider<Mailing> = {
  provide: MAILING,
  inject: [CONFIG, LOGGER, DATABASE, MailQueue, MAIL_LISTENER],
  useFactory: (
    { sweepIntervalMs }: ServiceConfig,
    logger: Logger,
    db: Database,
    queue: MailQueue,
    postman: Postman,
  ) =>
    new MailRelay(new PostgresMailStore(db), queue, postman, new Outage('relaying mails', logger), {
      intervalMs: sweepIntervalMs,
    }),
};
