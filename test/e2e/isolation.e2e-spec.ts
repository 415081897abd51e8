import { beforeAll, describe, expect, it } from 'vitest';
import {
  Customer,
  eventually,
  seedTenant,
  startReceiver,
  startSchoolbell,
  type OwnWebhook,
  type Receiver,
  type Schoolbell,
} from '../support/index.js';

/** Small, so that one webhook could fill the dispatcher if it were let. */
const LIMITS = { DISPATCHER_MAX_IN_FLIGHT: '24', WEBHOOK_MAX_IN_FLIGHT: '8' };

describe('a receiver that hangs', () => {
  let schoolbell: Schoolbell;
  let customer: Customer;
  let hanging: Receiver;
  let hung: OwnWebhook;

  beforeAll(async () => {
    schoolbell = await startSchoolbell({ env: LIMITS });
    customer = new Customer(schoolbell);
    hanging = await startReceiver();
    hanging.respondWith((request) => (request.headers['x-schoolbell-test'] ? 200 : 'hang'));
    hung = await customer.webhook(hanging.url, { timeoutSeconds: 30, autoPauseAfter: 0 });
    await customer.completesTimes(hung, 40);
    await hanging.waitFor(8);
    return async () => {
      await hanging.close();
      await schoolbell.stop();
    };
  });

  it('holds its own slots and no others: another webhook is served as fast as ever', async () => {
    const receiver = await startReceiver();
    const webhook = await customer.webhook(receiver.url);
    const sentAt: number[] = [];
    for (let i = 0; i < 20; i++) {
      sentAt.push(Date.now());
      await customer.completes(webhook);
      const requests = await receiver.waitFor(i + 1, 2000);
      expect(requests[i]!.at - sentAt[i]!).toBeLessThan(1000);
    }
    await eventually(async () => {
      expect(await customer.ledger(webhook)).toEqual({ delivered: 20 });
    });
    expect(hanging.requests).toHaveLength(8);
    await receiver.close();
  });

  it('leaves room for all others: a delivery that waits for its retry holds no slot', async () => {
    const receiver = await startReceiver();
    receiver.respondWith(503);
    const settings = { retrySchedule: [3600], autoPauseAfter: 0 };
    const webhook = await customer.webhook(receiver.url, settings);
    await customer.completesTimes(webhook, 60);
    await receiver.waitFor(60, 10_000);
    await eventually(async () => {
      const deliveries = await customer.deliveries(webhook);
      expect(deliveries.every(({ attemptCount }) => attemptCount === 1)).toBe(true);
    });
    expect(await customer.ledger(webhook)).toEqual({ pending: 60 });
    await receiver.close();
  });

  it('can be tested all the same: a test goes beside the cap', async () => {
    const { status, body } = await customer.api.post(`/v1/webhooks/${hung.id}/test`);
    expect(status).toBe(200);
    expect(body.attempt.outcome).toBe('delivered');
  });
});

describe('a tenant with a hundred webhooks that all hang', () => {
  it('leaves an eighth of the dispatcher to others: what they post arrives within a second', async () => {
    const schoolbell = await startSchoolbell({ env: LIMITS });
    const [hanging, receiver] = [await startReceiver(), await startReceiver()];
    try {
      hanging.respondWith('hang');
      const customer = new Customer(schoolbell);
      const settings = { timeoutSeconds: 30, autoPauseAfter: 0 };
      const hung = await customer.webhook(hanging.url, settings);
      const scopes = { packageIds: [hung.packageId] };
      for (let n = 1; n < 100; n++) await customer.webhook(hanging.url, { ...settings, scopes });
      await customer.completesTimes(hung, 5);
      await hanging.waitFor(21);

      const other = new Customer({ ...schoolbell, ...(await seedTenant(schoolbell.database)) });
      const webhook = await other.webhook(receiver.url);
      for (let i = 0; i < 20; i++) {
        const sentAt = Date.now();
        await other.completes(webhook);
        const requests = await receiver.waitFor(i + 1, 5000);
        expect(requests[i]!.at - sentAt).toBeLessThan(1000);
      }
      expect(hanging.requests).toHaveLength(21);
    } finally {
      await Promise.all([hanging.close(), receiver.close()]);
      await schoolbell.stop();
    }
  });
});
