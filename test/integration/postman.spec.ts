import { toTypeId } from '@schoolbell/ids';
import { type MailStore } from '@schoolbell/notices';
import { createLogger } from '@schoolbell/logging';
import { createMailer } from '@schoolbell/mail';
import { PostgresMailStore } from '@schoolbell/persistence';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Outage } from '../../apps/dispatcher/src/outages/outage.js';
import { Postman } from '../../apps/dispatcher/src/mailing/postman.js';
import {
  eventually,
  MAIL_FACTS,
  seedMail,
  startMailServer,
  type MailServer,
} from '../support/index.js';
import { DeliveryFixtures } from './delivery-fixtures.js';

const RECIPIENT = 'owner@example.com';
describe('a mail on its way', () => {
  let fixtures: DeliveryFixtures;
  let store: PostgresMailStore;
  let server: MailServer;
  let log: string[];

  beforeAll(async () => {
    fixtures = await DeliveryFixtures.open();
    store = new PostgresMailStore(fixtures.db);
  });
  afterAll(() => fixtures.close());
  beforeEach(async () => {
    await fixtures.sql('TRUNCATE mails');
    log = [];
    server = await startMailServer();
    return () => server.close();
  });

  const aMail = (facts?: object) =>
    seedMail(fixtures.database, { tenantUuid: fixtures.tenantId, recipient: RECIPIENT, facts });
  const aPostman = (its: Partial<MailStore> = {}, leaseSeconds = 60): Postman => {
    const destination = { write: (line: string) => void log.push(line) };
    const logger = createLogger({ level: 'info', name: 'test', destination });
    const mailer = createMailer({ smtpUrl: server.url, from: 'bell@schoolbell.example' });
    const whole: MailStore = {
      due: (limit) => store.due(limit),
      claim: (id, seconds) => store.claim(id, seconds),
      record: (mail, verdict) => store.record(mail, verdict),
      ...its,
    };
    const options = { leaseSeconds, publicUrl: undefined };
    return new Postman(whole, mailer, new Outage('mailing', logger), logger, options);
  };
  const onlyRow = async () => (await fixtures.sql('SELECT * FROM mails'))[0];
  const onlyLine = () => {
    expect(log).toHaveLength(1);
    return JSON.parse(log[0]!);
  };

  it('is not sent when its link was used, or had expired, before that', async () => {
    const id = await aMail({ role: 'owner', invitedBy: 'b', linkExpiresAt: new Date() });
    await fixtures.sql(`UPDATE mails SET kind = 'user.invited'`);
    await aPostman().onMail(id);
    expect(server.asked).toEqual([]);
    expect(await onlyRow()).toMatchObject({
      status: 'failed',
      last_error: expect.stringContaining('had expired, before the e-mail could be sent'),
    });
  });

  it.each([
    [450, 'mail.rescheduled', `<Owner@EXAMPLE.com>: try later, ${RECIPIENT}`],
    [550, 'mail.failed', `"owner x"@example.com is boss@example.org`],
  ])('leaves no address in the log when it is answered %i', async (code, msg, message) => {
    server.respondWith({ code, message });
    await aPostman().onMail(await aMail());
    expect(onlyLine()).toMatchObject({ msg, error: expect.stringContaining(`${code} `) });
    expect(log[0]).toContain('[address]');
    expect(log[0]).not.toMatch(/owner|boss|example/i);
    expect((await onlyRow()).last_error).toContain(message);
  });

  it.each([
    ['without facts', {}],
    ['with facts of another form', { ...MAIL_FACTS, description: 42 }],
    ['for a reason that nobody knows', { ...MAIL_FACTS, reason: 'mood' }],
  ])('that is damaged, %s, has failed and is not tried again', async (_how, facts) => {
    const id = await aMail({ webhookId: fixtures.tenantId, ...facts });
    await aPostman().onMail(id);
    expect(await onlyRow()).toMatchObject({
      status: 'failed',
      attempts: 1,
      last_error: expect.stringContaining('damaged'),
    });
    const mailId = toTypeId('mail', id);
    expect(log.map((line) => JSON.parse(line))).toMatchObject([
      { msg: 'mail.damaged', mailId },
      { msg: 'mail.failed', mailId },
    ]);
    expect(server.asked).toEqual([]);
  });

  it('of a kind that only a newer version knows waits for a dispatcher of that version', async () => {
    const id = await aMail();
    await fixtures.sql('ALTER TABLE mails DROP CONSTRAINT mails_kind_check');
    await fixtures.sql(`UPDATE mails SET kind = 'webhook.praised'`);
    expect(await store.due(1)).toEqual([]);
    await aPostman().onMail(id);
    expect(await onlyRow()).toMatchObject({ status: 'waiting', attempts: 0 });
  });

  it('is sent once although Postgres was away for longer than a lease when it had been sent', async () => {
    let away = true;
    const postman = aPostman(
      {
        record: async (mail, verdict) => {
          if (away) throw new Error('Postgres is away');
          await store.record(mail, verdict);
        },
      },
      1,
    );
    const id = await aMail();
    const sending = postman.onMail(id);
    await eventually(async () => expect(await store.due(1)).toMatchObject([{ id }]));
    await postman.onMail(id);
    away = false;
    await sending;
    expect(await onlyRow()).toMatchObject({ status: 'sent', attempts: 1 });
    expect(server.mails).toHaveLength(1);
  });

  it('holds up no dispatcher that stops while Postgres is away', async () => {
    let tries = 0;
    const postman = aPostman({
      record: async () => {
        tries++;
        throw new Error('Postgres is away');
      },
    });
    const sending = postman.onMail(await aMail());
    await eventually(() => expect(tries).toBeGreaterThan(1));
    await postman.drain(100);
    await sending;
    expect(await onlyRow()).toMatchObject({ status: 'waiting', attempts: 1 });
  });
});
