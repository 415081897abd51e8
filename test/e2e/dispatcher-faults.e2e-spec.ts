import { beforeEach, describe, expect, it } from 'vitest';
import {
  Customer,
  describeOnEachQueue,
  eventually,
  redisFor,
  startReceiver,
  startSchoolbell,
  type Receiver,
  type Schoolbell,
  type SchoolbellOptions,
  type ServiceProcess,
} from '../support/index.js';

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
  return () => receiver.close();
});

async function withSchoolbell(
  options: SchoolbellOptions,
  test: (schoolbell: Schoolbell, customer: Customer) => Promise<void>,
): Promise<void> {
  const schoolbell = await startSchoolbell(options);
  try {
    await test(schoolbell, new Customer(schoolbell));
  } finally {
    await schoolbell.stop();
  }
}

describeOnEachQueue('a dispatcher', (backend) => {
  let redisUrl: string | undefined;
  beforeEach(async () => {
    const redis = await redisFor(backend);
    redisUrl = redis?.url;
    return () => redis?.stop();
  });

  it('that is killed while it sends loses nothing: another one takes over, and logs what was cut off', async () => {
    receiver.respondWith('hang');
    const env = { LEASE_SECONDS: '3', SWEEP_INTERVAL_MS: '500' };
    await withSchoolbell({ redisUrl, env }, async (schoolbell, customer) => {
      const webhook = await customer.webhook(receiver.url, { timeoutSeconds: 30 });
      await customer.completesTimes(webhook, 20);
      await receiver.waitFor(8);

      await schoolbell.dispatchers[0]!.kill();
      receiver.respondWith(200);
      schoolbell.addDispatcher();
      await eventually(
        async () => expect(await customer.ledger(webhook)).toEqual({ delivered: 20 }),
        { timeoutMs: 15_000, intervalMs: 200 },
      );

      expect(receiver.requests).toHaveLength(28);
      const events = new Set(receiver.requests.map(({ headers }) => headers['webhook-id']));
      expect(events.size).toBe(20);
      const outcomes = await outcomesOf(schoolbell);
      expect(outcomes).toEqual({ interrupted: 8, delivered: 20 });
      const interrupted = (await customer.deliveries(webhook)).filter((d) => d.attemptCount === 2);
      expect(interrupted).toHaveLength(8);
      const { body } = await customer.api.get(`/v1/deliveries/${interrupted[0]!.id}`);
      expect(body.attempts).toMatchObject([
        { number: 1, outcome: 'interrupted', error: { code: 'interrupted' } },
        { number: 2, outcome: 'delivered' },
      ]);
      expect(interruptedOf(schoolbell.dispatchers[1]!)).toHaveLength(8);
      expect(interruptedOf(schoolbell.dispatchers[1]!)).toContainEqual(
        expect.objectContaining({ deliveryId: interrupted[0]!.id, attempt: 1 }),
      );
    });
  });

  it('that is asked to stop finishes what it sends and exits with 0', async () => {
    receiver.respondWith({ status: 200, delayMs: 1000 });
    await withSchoolbell({ redisUrl }, async (schoolbell, customer) => {
      const webhook = await customer.webhook(receiver.url);
      await customer.completesTimes(webhook, 20);
      await receiver.waitFor(8);
      expect(await schoolbell.dispatchers[0]!.term()).toBe(0);

      expect(receiver.requests).toHaveLength(8);
      expect(await customer.ledger(webhook)).toEqual({ delivered: 8, pending: 12 });
      expect(await outcomesOf(schoolbell)).toEqual({ delivered: 8 });

      schoolbell.addDispatcher();
      await eventually(async () => {
        expect(await customer.ledger(webhook)).toEqual({ delivered: 20 });
      });
      expect(receiver.requests).toHaveLength(20);
    });
  });
});

describe('a dispatcher whose grace period ends', () => {
  it('gives back what its receivers have not answered, for another to send at once', async () => {
    receiver.respondWith('hang');
    const env = { SHUTDOWN_GRACE_SECONDS: '2' };
    await withSchoolbell({ env }, async (schoolbell, customer) => {
      const webhook = await customer.webhook(receiver.url, { timeoutSeconds: 30 });
      await customer.completes(webhook);
      await receiver.waitFor(1);
      const before = Date.now();
      expect(await schoolbell.dispatchers[0]!.term()).toBe(0);
      expect(Date.now() - before).toBeLessThan(3000);

      receiver.respondWith(200);
      schoolbell.addDispatcher();
      const { attempts } = await customer.deliveryIs(webhook, 'delivered');
      expect(attempts.map(({ outcome }) => outcome)).toEqual(['interrupted', 'delivered']);
      expect(interruptedOf(schoolbell.dispatchers[0]!)).toMatchObject([{ attempt: 1 }]);
      expect(interruptedOf(schoolbell.dispatchers[1]!)).toEqual([]);
    });
  });
});

/** What a dispatcher logged of attempts that were cut off. */
function interruptedOf({ logLines }: ServiceProcess): Record<string, unknown>[] {
  return logLines.filter(
    ({ msg, outcome }) => msg === 'delivery.attempted' && outcome === 'interrupted',
  );
}

async function outcomesOf(schoolbell: Schoolbell): Promise<Record<string, number>> {
  const rows = await schoolbell.database.query<{ outcome: string; count: number }>(
    'SELECT outcome, count(*)::integer AS count FROM attempts GROUP BY outcome',
  );
  return Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count]));
}
