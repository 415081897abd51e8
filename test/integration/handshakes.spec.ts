import { DEFAULT_WEBHOOK_SETTINGS, type HandshakeVerdict } from '@schoolbell/delivery';
import { uuidV7 } from '@schoolbell/ids';
import {
  PostgresHandshakeStore,
  WebhookRepository,
  type WebhookRecord,
} from '@schoolbell/persistence';
import { describe, expect } from 'vitest';
import { AN_AUTHOR } from '../support/index.js';
import { deliveryTest, type DeliveryFixtures } from './delivery-fixtures.js';

const CONSENTED: HandshakeVerdict = {
  kind: 'consented',
  origin: 'schoolbell.example',
  perMinute: 90,
};
const SOME = { limit: 10, perTenant: 10, exceptOf: [] };
const FAILED = { kind: 'failed', error: 'No.', againInSeconds: 30 } as const;

/** The only webhook, which awaits its receiver's consent. */
async function awaiting(fixtures: DeliveryFixtures): Promise<WebhookRecord> {
  const { db, tenantId } = fixtures;
  await fixtures.sql('DELETE FROM handshakes');
  const creation = await new WebhookRepository(db).create(AN_AUTHOR, tenantId, {
    ...DEFAULT_WEBHOOK_SETTINGS,
    url: 'https://receiver.example/hook',
    eventTypes: ['*'],
    everyEvent: false,
    rateLimit: 3,
    secret: 'whsec_secret',
    publicKey: null,
    status: 'awaiting_consent',
  });
  if (creation.kind !== 'created') throw new Error(creation.kind);
  return creation.webhook;
}

const repositoryOf = ({ db }: DeliveryFixtures) => new WebhookRepository(db);

const endLeases = (fixtures: DeliveryFixtures) =>
  fixtures.sql('UPDATE handshakes SET due_at = now()');

describe('a handshake', () => {
  deliveryTest('is made by one of two dispatchers', async ({ fixtures }) => {
    const { id, url } = await awaiting(fixtures);
    const dispatchers = [fixtures.db, fixtures.openAnother()];
    const claims = dispatchers.map((db) => new PostgresHandshakeStore(db).claim(SOME));
    expect((await Promise.all(claims)).flat()).toMatchObject([
      { webhookId: id, url, format: 'allureconnect', rateLimit: 3, timeoutSeconds: 10, attempt: 1 },
    ]);
  });

  deliveryTest('makes its webhook active when the receiver consents', async ({ fixtures }) => {
    const { id, version } = await awaiting(fixtures);
    const store = new PostgresHandshakeStore(fixtures.db);
    const [handshake] = await store.claim(SOME);
    expect(await store.record(handshake!, CONSENTED)).toBe(true);
    expect(await fixtures.webhook(id)).toMatchObject({
      status: 'active',
      pause_reason: null,
      consented_origin: 'schoolbell.example',
      consented_rate: 90,
      version: version + 1,
      resumed_version: version + 1,
    });
    expect(await fixtures.sql('SELECT 1 FROM handshakes')).toEqual([]);
  });

  deliveryTest('that fails is made again when its time comes', async ({ fixtures }) => {
    const { id } = await awaiting(fixtures);
    const store = new PostgresHandshakeStore(fixtures.db);
    const [first] = await store.claim(SOME);
    expect(await store.record(first!, FAILED)).toBe(true);
    expect(await fixtures.webhook(id)).toMatchObject({
      status: 'paused',
      pause_last_error: 'No.',
    });
    expect(await store.claim(SOME)).toEqual([]);
    await endLeases(fixtures);
    const [second] = await store.claim(SOME);
    expect(second).toMatchObject({ attempt: 2 });
    expect(await store.record(second!, { ...FAILED, againInSeconds: null })).toBe(true);
    expect(await fixtures.sql('SELECT 1 FROM handshakes')).toEqual([]);
  });

  deliveryTest('is taken over from a dispatcher that is gone', async ({ fixtures }) => {
    await awaiting(fixtures);
    const store = new PostgresHandshakeStore(fixtures.db);
    const [lost] = await store.claim(SOME);
    expect(await store.claim(SOME)).toEqual([]);
    await endLeases(fixtures);
    const [takenOver] = await store.claim(SOME);
    expect(await store.record(lost!, CONSENTED)).toBe(false);
    expect(await store.record(takenOver!, CONSENTED)).toBe(true);
  });
});

describe('handshakes of a tenant', () => {
  deliveryTest('leave room for those of others', async ({ fixtures }) => {
    await awaiting(fixtures);
    const webhookIds = [await fixtures.addWebhook(), await fixtures.addWebhook()];
    const another = uuidV7();
    await fixtures.sql(`INSERT INTO tenants (id, name) VALUES ($1, 'Other')`, [another]);
    await fixtures.sql('UPDATE webhooks SET tenant_id = $1 WHERE id = $2', [
      another,
      webhookIds[1],
    ]);
    await fixtures.sql(
      `WITH asked AS (
         UPDATE webhooks SET status = 'paused', pause_reason = 'handshake' WHERE id = ANY ($1::uuid[])
       )
       INSERT INTO handshakes (webhook_id) SELECT unnest($1::uuid[])`,
      [webhookIds],
    );
    const store = new PostgresHandshakeStore(fixtures.db);
    const claimed = await store.claim({ ...SOME, perTenant: 1 });
    const tenants = claimed.map(({ tenantId }) => tenantId);
    expect(tenants.toSorted()).toEqual([fixtures.tenantId, another].toSorted());
    expect(await store.claim({ ...SOME, exceptOf: [fixtures.tenantId] })).toEqual([]);
    expect(await store.claim(SOME)).toHaveLength(1);
  });
});

describe('what a receiver answers says nothing any more', () => {
  deliveryTest.for<
    [string, (webhook: WebhookRecord, fixtures: DeliveryFixtures) => Promise<unknown>]
  >([
    [
      'when its webhook has another URL since',
      (webhook, fixtures) => {
        const settings = { url: 'https://other.example/' };
        const change = { settings, status: 'awaiting_consent' } as const;
        return repositoryOf(fixtures).update(AN_AUTHOR, webhook, change);
      },
    ],
    [
      'when its webhook was paused by hand',
      ({ tenantId, id }, fixtures) => repositoryOf(fixtures).pause(AN_AUTHOR, tenantId, id),
    ],
    [
      'when its webhook was deleted',
      ({ tenantId, id }, fixtures) => repositoryOf(fixtures).delete(AN_AUTHOR, tenantId, id),
    ],
  ])('%s', async ([, change], { fixtures }) => {
    const webhook = await awaiting(fixtures);
    const store = new PostgresHandshakeStore(fixtures.db);
    const [handshake] = await store.claim(SOME);
    await change(webhook, fixtures);
    expect(await store.record(handshake!, CONSENTED)).toBe(false);
    expect(await fixtures.webhook(webhook.id)).toMatchObject({
      status: 'paused',
      consented_origin: null,
    });
  });

  deliveryTest(
    'and the receiver at the new URL is asked from the beginning',
    async ({ fixtures }) => {
      const webhook = await awaiting(fixtures);
      const store = new PostgresHandshakeStore(fixtures.db);
      await store.claim(SOME);
      const url = 'https://other.example/';
      const change = { settings: { url }, status: 'awaiting_consent' } as const;
      await repositoryOf(fixtures).update(AN_AUTHOR, webhook, change);
      expect(await store.claim(SOME)).toMatchObject([{ url, attempt: 1 }]);
    },
  );

  deliveryTest('and nobody is asked again for a webhook that was paused', async ({ fixtures }) => {
    const { tenantId, id } = await awaiting(fixtures);
    await repositoryOf(fixtures).pause(AN_AUTHOR, tenantId, id);
    expect(await new PostgresHandshakeStore(fixtures.db).claim(SOME)).toEqual([]);
    expect(await fixtures.sql('SELECT 1 FROM handshakes')).toEqual([]);
  });
});
