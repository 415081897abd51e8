import type { ClaimedMail } from '@schoolbell/notices';
import { History, PostgresMailStore } from '@schoolbell/persistence';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  attemptOf,
  DELIVERED,
  DeliveryFixtures,
  EXHAUSTED,
  FAILED,
  GONE,
} from './delivery-fixtures.js';

const OWNERS = ['one@example.com', 'other@example.com'];
const DAY = 86_400_000;

describe('mails', () => {
  let fixtures: DeliveryFixtures;
  let store: PostgresMailStore;
  beforeAll(async () => {
    fixtures = await DeliveryFixtures.open();
    store = new PostgresMailStore(fixtures.db);
  });
  afterAll(() => fixtures.close());
  beforeEach(async () => {
    await fixtures.sql('TRUNCATE webhooks, events, deliveries, due_deliveries, mails CASCADE');
    await ownersAre(OWNERS);
  });

  const ownersAre = (addresses: string[]) =>
    fixtures.sql('UPDATE tenants SET notification_emails = $1', [addresses]);

  const mails = () => fixtures.sql('SELECT * FROM mails ORDER BY recipient');

  /** Makes deliveries of a new webhook fail, all at the same moment. @returns the webhook's id */
  const fail = async (count: number, verdict = FAILED): Promise<string> => {
    const webhook = await fixtures.addWebhook();
    await fixtures.addDeliveries(webhook, { count });
    const claimed = await fixtures.claim(webhook);
    await Promise.all(claimed.map((one) => fixtures.record([attemptOf(one, verdict)])));
    return webhook;
  };

  /** Adds a due mail. @returns its id */
  const aMail = async (): Promise<string> => {
    await ownersAre(['one@example.com']);
    await fail(5);
    return (await store.due(1))[0]!.id;
  };

  const claimed = async (id: string): Promise<ClaimedMail> => {
    const mail = await store.claim(id, 60);
    if (!mail) throw new Error('Somebody else has it.');
    return mail;
  };

  it('are stored for each owner of the tenant when a webhook is paused', async () => {
    const webhook = await fixtures.addWebhook({ consecutiveFailures: 4 });
    await fixtures.sql(
      `UPDATE webhooks SET description = 'HR', url = url || '?key=hunter2' WHERE id = $1`,
      [webhook],
    );
    await fixtures.addDeliveries(webhook);
    const [delivery] = await fixtures.claim(webhook);
    await fixtures.store.record([attemptOf(delivery!, FAILED)]);
    const rows = await mails();
    expect(rows.map(({ recipient }) => recipient)).toEqual(OWNERS);
    for (const row of rows) {
      expect(row).toMatchObject({
        tenant_id: fixtures.tenantId,
        kind: 'webhook.paused',
        status: 'waiting',
        attempts: 0,
        facts: {
          webhookId: webhook,
          description: 'HR',
          url: 'https://lms.example.com/hook',
          reason: 'consecutive_failures',
          failures: 5,
          lastError: 'No answer within 10 s.',
        },
      });
    }
  });

  it('are stored once per pause, also when a hundred attempts fail in one instant', async () => {
    await fail(100);
    expect(await mails()).toHaveLength(OWNERS.length);
  });

  it('are stored when the receiver is gone', async () => {
    await fail(1, GONE);
    const [row] = await mails();
    expect(row.facts).toMatchObject({ reason: 'gone', failures: 1 });
  });

  it('are not stored while nothing is paused', async () => {
    await fail(4);
    await fail(1, EXHAUSTED);
    await fail(5, DELIVERED);
    expect(await mails()).toEqual([]);
  });

  it('say so when there is nobody to write to', async () => {
    await ownersAre([]);
    await fail(5);
    expect(await mails()).toMatchObject([
      { recipient: null, status: 'failed', last_error: expect.stringContaining('nobody was told') },
    ]);
    expect(await store.due(10)).toEqual([]);
  });

  it('are sent by one dispatcher only', async () => {
    const id = await aMail();
    const claims = await Promise.all(Array.from({ length: 10 }, () => store.claim(id, 60)));
    const mine = claims.filter((mail) => mail !== undefined);
    expect(mine).toHaveLength(1);
    expect(mine[0]).toMatchObject({
      id,
      recipient: 'one@example.com',
      attempt: 1,
      tenantName: 'Acme',
    });
    expect(await store.due(10)).toEqual([]);
  });

  it('go to users of the platform too, who have no tenant', async () => {
    await fixtures.sql(
      `INSERT INTO mails (id, kind, recipient, facts)
       VALUES (new_uuid_v7(), 'session.ended', 'support@example.com', '{"address": "192.0.2.1", "userAgent": ""}')`,
    );
    const [due] = await store.due(10);
    expect(await claimed(due!.id)).toMatchObject({
      kind: 'session.ended',
      tenantId: null,
      tenantName: null,
      facts: { address: '192.0.2.1', userAgent: '' },
    });
  });

  it('are taken over when the lease of a dispatcher that died ends', async () => {
    const id = await aMail();
    const first = await claimed(id);
    await fixtures.sql(`UPDATE mails SET leased_until = now() - interval '1 second'`);
    expect(await store.due(10)).toEqual([{ id, attempts: 1 }]);
    expect(await claimed(id)).toMatchObject({ attempt: 2 });

    const verdict = { kind: 'failed', error: 'Too late to say so.' } as const;
    await store.record(first, verdict);
    expect(await mails()).toMatchObject([{ status: 'waiting', last_error: null }]);
    await store.record(first, { kind: 'sent' });
    expect(await mails()).toMatchObject([{ status: 'sent' }]);
  });

  it('wait for their next attempt', async () => {
    const id = await aMail();
    const mail = await claimed(id);
    await store.record(mail, { kind: 'rescheduled', delaySeconds: 600, error: '451 Later' });
    expect(await mails()).toMatchObject([{ status: 'waiting', last_error: '451 Later' }]);
    expect(await store.due(10)).toEqual([]);
    expect(await store.claim(id, 60)).toBeUndefined();
    await fixtures.sql('UPDATE mails SET due_at = now()');
    expect(await claimed(id)).toMatchObject({ attempt: 2 });
  });

  it('that were sent, or failed, stay so', async () => {
    for (const verdict of [{ kind: 'sent' }, { kind: 'failed', error: '550' }] as const) {
      await fixtures.sql('TRUNCATE mails');
      const id = await aMail();
      await store.record(await claimed(id), verdict);
      expect(await store.due(10)).toEqual([]);
      expect(await store.claim(id, 60)).toBeUndefined();
    }
  });

  it('are kept as long as other history', async () => {
    await fail(5);
    const history = new History(fixtures.db, 30);
    const inDays = (days: number) => new Date(Date.now() + days * DAY);
    expect(await history.prune(inDays(29))).toMatchObject({ mails: 0 });
    expect(await history.prune(inDays(31))).toMatchObject({ mails: OWNERS.length });
    expect(await mails()).toEqual([]);
  });
});
