import { randomBytes } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import {
  apiClient,
  createDatabase,
  Customer,
  describeOnEachQueue,
  eventually,
  ownRedisAvailable,
  redisFor,
  reservedPort,
  seedMail,
  seedTenant,
  startMailServer,
  startOwnRedis,
  startReceiver,
  startSchoolbell,
  type MailReply,
  type MailServer,
  type OwnWebhook,
  type QueueBackend,
  type Receiver,
  type Schoolbell,
  type SeededTenant,
  type ServiceProcess,
  type TestRedis,
} from '../support/index.js';
import { startDispatcher } from './support/start-dispatcher.js';

const OWNERS = ['one@example.com', 'other@example.com'];
const LATER: MailReply = { code: 451, message: 'Come back later' };
/** Long enough for the first two retries of a mail on a busy machine. */
const PATIENCE_MS = 60_000;

interface ShownMail {
  id: string;
  to: string | null;
  subject: string;
  text: string;
  status: string;
  attempts: number;
  lastError: string | null;
  sentAt: string | null;
}

const only = <T>(rows: T[]): T => {
  expect(rows).toHaveLength(1);
  return rows[0]!;
};

describeOnEachQueue('the e-mail about a paused webhook', (backend: QueueBackend) => {
  let smtpPort: number;
  let schoolbell: Schoolbell;
  /** A new one for each test. */
  let tenant: SeededTenant;
  let customer: Customer;
  let receiver: Receiver;
  let mailServer: MailServer;

  beforeAll(async () => {
    const redis = await redisFor(backend);
    smtpPort = await reservedPort();
    const env = {
      LEASE_SECONDS: '3',
      SWEEP_INTERVAL_MS: '200',
      SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
      MAIL_FROM: 'Schoolbell <bell@schoolbell.example>',
      PUBLIC_URL: 'https://bell.example.com',
    };
    schoolbell = await startSchoolbell({ redisUrl: redis?.url, env, dispatchers: 2 });
    return async () => {
      await schoolbell.stop();
      await redis?.stop();
    };
  });
  beforeEach(async () => {
    if (running().length === 0) await restart();
    receiver = await startReceiver();
    receiver.respondWith(500);
    mailServer = await startMailServer({ port: smtpPort });
    tenant = await seedTenant(schoolbell.database);
    customer = new Customer({ ...schoolbell, ...tenant });
    return async () => {
      await mailServer.close();
      await receiver.close();
    };
  });

  const running = (): ServiceProcess[] => schoolbell.dispatchers.filter(({ alive }) => alive);
  /** Restarts a dispatcher, and waits until it is up: stopped before that, it would die of the signal. */
  const restart = async (): Promise<void> => {
    const [dispatcher] = schoolbell.dispatchers;
    const before = dispatcher!.logs.length;
    dispatcher!.restart();
    const isUp = () => dispatcher!.logs.slice(before).includes('dispatching');
    await eventually(isUp, { timeoutMs: PATIENCE_MS });
  };
  const ownersAre = (notificationEmails: string[]) => customer.gets({ notificationEmails });
  /** Registers a webhook that fails until it is paused. */
  const pauseOne = async (events = 5, settings = {}): Promise<OwnWebhook> => {
    const webhook = await customer.webhook(receiver.url, settings);
    await customer.completesTimes(webhook, events);
    const isPaused = async () => (await customer.status(webhook)).status === 'paused';
    await eventually(isPaused, { timeoutMs: PATIENCE_MS });
    return webhook;
  };
  const shown = async (): Promise<ShownMail[]> => (await customer.api.get('/v1/mails')).body.data;
  const mailIs = (status: string, changes: Partial<ShownMail> = {}): Promise<ShownMail> =>
    eventually(
      async () => {
        const mail = only(await shown());
        expect(mail).toMatchObject({ status, ...changes });
        return mail;
      },
      { timeoutMs: PATIENCE_MS, intervalMs: 100 },
    );

  it('goes to each owner once, also when many attempts fail in the same instant', async () => {
    await ownersAre(OWNERS);
    receiver.respondWith({ status: 500, delayMs: 200 });
    const webhook = await pauseOne(100, { description: 'Completions for HR' });
    await mailServer.waitFor(2);
    const areSent = async (count: number): Promise<void> => {
      const statuses = (await shown()).map(({ status }) => status);
      expect(statuses).toEqual(Array(count).fill('sent'));
    };
    await eventually(() => areSent(2));
    expect(mailServer.mails.map(({ to }) => only(to)).toSorted()).toEqual(OWNERS);
    for (const { headers, text } of mailServer.mails) {
      expect(headers).toMatchObject({
        from: 'Schoolbell <bell@schoolbell.example>',
        subject: 'Webhook paused: Completions for HR',
      });
      expect(text).toContain(`POST https://bell.example.com/v1/webhooks/${webhook.id}/resume`);
    }

    receiver.respondWith(410);
    await pauseOne(1);
    await mailServer.waitFor(4);
    expect(mailServer.mails[3]!.text).toContain('410 Gone');
    await eventually(() => areSent(4));
  });

  it('arrives although the mail server was down, and did not take it at first', async () => {
    await mailServer.close();
    await ownersAre(['one@example.com']);
    await pauseOne();
    const { lastError } = await mailIs('waiting', { attempts: 1, lastError: expect.any(String) });
    expect(lastError).toContain('could not be reached');
    expect(lastError).not.toContain('127.0.0.1');

    mailServer = await startMailServer({ port: smtpPort });
    mailServer.respondWith(() => (mailServer.asked.length > 1 ? 'accept' : LATER));
    await mailIs('waiting', {
      attempts: 2,
      lastError: 'The mail server answered: 451 Come back later',
    });
    await schoolbell.database.query('UPDATE mails SET due_at = now()');
    await mailServer.waitFor(1, PATIENCE_MS);
    await mailIs('sent', { attempts: 3, lastError: null });
    expect(mailServer.mails).toHaveLength(1);
  });

  it('arrives although its dispatcher was killed, under the same id', async () => {
    mailServer.respondWith('hang');
    await ownersAre(['one@example.com']);
    await pauseOne();
    await mailServer.waitFor(1);
    await Promise.all(running().map((dispatcher) => dispatcher.kill()));
    mailServer.respondWith('accept');
    await restart();
    const { id } = await mailIs('sent', { attempts: 2 });
    const ids = mailServer.mails.map(({ headers }) => headers['message-id']);
    expect(ids).toEqual(Array(2).fill(`<${id}@schoolbell.example>`));
  });

  it('is given up when the mail server refuses its recipient, and can be seen', async () => {
    mailServer.respondWith((to) =>
      to === OWNERS[0] ? { code: 550, message: 'No such user' } : 'accept',
    );
    await ownersAre(OWNERS);
    await pauseOne();
    await eventually(async () => {
      expect((await customer.api.get('/v1/mails?status=failed')).body.data).toMatchObject([
        { to: OWNERS[0], attempts: 1, lastError: expect.stringContaining('550 No such user') },
      ]);
      expect((await customer.api.get('/v1/mails?status=sent')).body.data).toMatchObject([
        { to: OWNERS[1] },
      ]);
    });
    const [{ id }] = (await customer.api.get('/v1/mails?status=failed')).body.data;
    await eventually(() => {
      const lines = schoolbell.dispatchers.flatMap(({ logLines }) => logLines);
      expect(
        lines.filter(({ msg, mailId }) => msg === 'mail.failed' && mailId === id),
      ).toHaveLength(1);
    });
  });

  it('that invites somebody brings a link that signs in', async () => {
    const person = { email: 'ada@example.com', name: 'Ada', role: 'owner' };
    expect((await customer.api.post('/v1/users', person)).status).toBe(201);
    const [mail] = await mailServer.waitFor(1);
    expect(mail!.to).toEqual(['ada@example.com']);
    const link = /https:\/\/bell\.example\.com\/invitation#token=(\w+)/.exec(mail!.text);
    const answer = await apiClient(schoolbell.apiUrl).post('/v1/auth/invitations/accept', {
      token: link?.[1],
      password: 'copper lantern drifts west',
      name: 'Ada',
    });
    expect([answer.status, answer.body.expiresIn]).toEqual([200, 900]);
  });

  it('is not written when somebody pauses a webhook by hand', async () => {
    await ownersAre(['one@example.com']);
    const byHand = await customer.webhook(receiver.url);
    await customer.api.post(`/v1/webhooks/${byHand.id}/pause`);
    const failing = await pauseOne();
    await mailServer.waitFor(1);
    expect(only(await shown()).text).toContain(failing.id);
  });

  it('says so when the tenant named nobody to write to', async () => {
    await pauseOne();
    await mailIs('failed', { to: null, lastError: expect.stringContaining('notificationEmails') });
    expect(mailServer.asked).toEqual([]);
  });

  it('is kept and can be read without a mail server, and is sent once there is one', async () => {
    await Promise.all(running().map((dispatcher) => dispatcher.term()));
    const dispatcher = schoolbell.addDispatcher({ SMTP_URL: '', MAIL_FROM: '' });
    await ownersAre(['one@example.com']);
    const webhook = await pauseOne();
    const waiting = await mailIs('waiting', { to: 'one@example.com', attempts: 0 });
    expect(waiting.text).toContain(
      `POST https://bell.example.com/v1/webhooks/${webhook.id}/resume`,
    );
    expect(dispatcher.logLines.filter(({ msg }) => msg === 'mails.kept')).toHaveLength(1);

    await dispatcher.term();
    await restart();
    await mailServer.waitFor(1, PATIENCE_MS);
    await mailIs('sent', { id: waiting.id, attempts: 1 });
  });

  it('is finished by a dispatcher that is told to stop meanwhile', async () => {
    mailServer.respondWith('slow');
    await ownersAre(['one@example.com']);
    await pauseOne();
    await mailServer.waitFor(1);
    const codes = await Promise.all(running().map((dispatcher) => dispatcher.term()));
    expect(new Set(codes)).toEqual(new Set([0]));
    expect(only(await shown())).toMatchObject({ status: 'sent', attempts: 1 });
  });
});

describe.skipIf(!ownRedisAvailable())(
  'an e-mail that waits while the Redis of the queue is away',
  () => {
    /** A dispatcher, and what it needs, until the test has finished. */
    async function mailing(redis: TestRedis) {
      const mailServer = await startMailServer();
      onTestFinished(() => mailServer.close());
      const database = await createDatabase();
      onTestFinished(() => database.drop());
      const env = {
        REDIS_URL: redis.url,
        SMTP_URL: mailServer.url,
        MAIL_FROM: 'bell@schoolbell.example',
      };
      const dispatcher = startDispatcher({ database, encryptionKey: randomBytes(32) }, env);
      onTestFinished(async () => void (await dispatcher.term()));
      const { tenantUuid } = await seedTenant(database);
      const mailTo = (recipient: string) => seedMail(database, { tenantUuid, recipient });
      return { mailServer, mailTo };
    }

    it('is sent', async () => {
      const redis = await startOwnRedis();
      onTestFinished(() => redis.stop());
      const { mailServer, mailTo } = await mailing(redis);
      await mailTo('one@example.com');
      await mailServer.waitFor(1, PATIENCE_MS);
      await redis.kill();
      await mailTo('other@example.com');
      await mailServer.waitFor(2, PATIENCE_MS);
    });

    it('is sent also by a dispatcher that has never reached it', async () => {
      const redis = await startOwnRedis();
      onTestFinished(() => redis.stop());
      await redis.kill();
      const { mailServer, mailTo } = await mailing(redis);
      await mailTo('one@example.com');
      await mailServer.waitFor(1, PATIENCE_MS);
    });
  },
);
