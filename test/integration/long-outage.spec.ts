import { randomBytes } from 'node:crypto';
import type { DeliveryStore } from '@schoolbell/delivery';
import { DatabaseMeter, openDatabase, PostgresDeliveryStore } from '@schoolbell/persistence';
import { describe, expect, onTestFinished } from 'vitest';
import {
  eventually,
  startOwnPostgres,
  type OwnPostgres,
  type TestDatabase,
} from '../support/index.js';
import { attemptOf, DELIVERED, DeliveryFixtures, deliveryTest as it } from './delivery-fixtures.js';
import { startPipeline } from './start-pipeline.js';

const LEASE_SECONDS = 1;
const DELIVERIES = 8;

class AwayError extends Error {}

it('what was sent while Postgres was away for longer than a lease is recorded first, and never sent again', async ({
  fixtures,
  receiver,
}) => {
  const webhookId = await fixtures.addWebhook();
  await fixtures.sql('UPDATE webhooks SET url = $2 WHERE id = $1', [webhookId, receiver.url]);
  const ids = await fixtures.addDeliveries(webhookId, { count: DELIVERIES });

  // Only outcomes cannot be written: a claim would certainly come first if it were allowed.
  let away = true;
  const { store } = fixtures;
  const broken: DeliveryStore = {
    claim: (request) => store.claim(request),
    webhooksForSending: (webhookIds) => store.webhooksForSending(webhookIds),
    extendLeases: (claims, leaseSeconds) => store.extendLeases(claims, leaseSeconds),
    release: (claims) => store.release(claims),
    takeSlots: (claims) => store.takeSlots(claims),
    discard: (turnedAway) => store.discard(turnedAway),
    webhooksWithDueDeliveries: (limit) => store.webhooksWithDueDeliveries(limit),
    record: async (attempts) => {
      if (away) throw new AwayError();
      return store.record(attempts);
    },
  };
  const faultOf = (error: unknown) => (error instanceof AwayError ? 'outage' : 'bug');
  const pipeline = startPipeline({ store: broken, leaseSeconds: LEASE_SECONDS, faultOf });
  void pipeline.onWake([webhookId]);
  await receiver.waitFor(DELIVERIES);

  await eventually(async () => {
    expect(await store.webhooksWithDueDeliveries(10)).toEqual([webhookId]);
  });
  const claimed = pipeline.onWake([webhookId]);
  away = false;
  await claimed;
  await eventually(async () => {
    for (const id of ids) {
      const attempts = await fixtures.attempts(id);
      expect(attempts).toMatchObject([{ number: 1, outcome: 'delivered' }]);
    }
  });
  expect(receiver.requests).toHaveLength(DELIVERIES);
});

describe('no dispatcher takes over what another has sent', () => {
  /** A delivery that was sent and whose lease has ended. */
  async function sentOn(postgres: OwnPostgres) {
    const fixtures = await DeliveryFixtures.open(postgres.database);
    onTestFinished(() => fixtures.close());
    const webhookId = await fixtures.addWebhook();
    const [id] = await fixtures.addDeliveries(webhookId);
    const [sent] = await fixtures.claim(webhookId);
    await fixtures.endLeases();
    return { fixtures, webhookId, id: id!, sent: sent! };
  }

  /** A dispatcher that was idle, or starts only now, and has not noticed any outage. */
  function anotherStore({ url }: TestDatabase): PostgresDeliveryStore {
    const db = openDatabase({ url, encryptionKeys: [randomBytes(32)] });
    onTestFinished(() => db.close());
    return new PostgresDeliveryStore(db);
  }

  /** What a sweep and a claim find. */
  async function found(store: PostgresDeliveryStore, webhookId: string) {
    const due = await eventually(() => store.webhooksWithDueDeliveries(10));
    const slots = [{ webhookId, free: 10 }];
    const { deliveries } = await store.claim({ slots, limit: 10, leaseSeconds: 60 });
    return [...due, ...deliveries];
  }

  async function ownPostgres(): Promise<OwnPostgres> {
    const postgres = await startOwnPostgres();
    onTestFinished(() => postgres.remove());
    return postgres;
  }

  const restart = async (postgres: OwnPostgres): Promise<void> => {
    await postgres.shutDown();
    await postgres.startAgain();
  };
  it.each([
    ['was started again', restart],
    ['has recovered from a crash', (postgres: OwnPostgres) => postgres.crash()],
  ])('just after Postgres %s', async (_what, interrupt) => {
    const postgres = await ownPostgres();
    const { fixtures, webhookId, id, sent } = await sentOn(postgres);
    await interrupt(postgres);
    expect(await found(anotherStore(postgres.database), webhookId)).toEqual([]);
    const record = () => fixtures.store.record([attemptOf(sent, DELIVERED)]);
    expect((await eventually(record)).lost).toEqual([]);
    expect(await fixtures.delivery(id)).toMatchObject({ status: 'delivered', attempt_count: 1 });
  });

  it('just after a standby of Postgres was promoted', async () => {
    const postgres = await ownPostgres();
    const standby = await postgres.addStandby();
    onTestFinished(() => standby.remove());
    const { fixtures, webhookId, sent } = await sentOn(postgres);
    const { standbys } = await new DatabaseMeter(fixtures.db).measure();
    expect(standbys).toMatchObject([{ sync: 'async', standbys: 1, bytes: expect.any(Number) }]);
    await eventually(async () => {
      const ended = 'SELECT FROM due_deliveries WHERE leased_until < now()';
      expect(await standby.database.query(ended)).toHaveLength(1);
    });
    await postgres.shutDown();
    await standby.promote();

    expect(await found(anotherStore(standby.database), webhookId)).toEqual([]);
    const theirs = anotherStore(standby.database);
    expect((await theirs.record([attemptOf(sent, DELIVERED)])).lost).toEqual([]);
  });
});
