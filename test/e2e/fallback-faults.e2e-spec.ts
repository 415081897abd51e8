import { beforeEach, expect, it } from 'vitest';
import {
  Customer,
  startReceiver,
  startSchoolbell,
  type Receiver,
  type ServiceProcess,
} from '../support/index.js';

let receiver: Receiver;
let fallback: Receiver;
beforeEach(async () => {
  [receiver, fallback] = await Promise.all([startReceiver(), startReceiver()]);
  return () => Promise.all([receiver.close(), fallback.close()]);
});

const ENDS: [string, (dispatcher: ServiceProcess) => Promise<unknown>][] = [
  ['is killed', (dispatcher) => dispatcher.kill()],
  ['is told to stop and may wait no longer', (dispatcher) => dispatcher.term()],
];

it.each(ENDS)(
  'a dispatcher that %s in the middle of an attempt at a fallback: another makes it again',
  async (_what, end) => {
    receiver.respondWith(410);
    fallback.respondWith('hang');
    const env = { LEASE_SECONDS: '3', SWEEP_INTERVAL_MS: '200', SHUTDOWN_GRACE_SECONDS: '2' };
    const schoolbell = await startSchoolbell({ env });
    try {
      const customer = new Customer(schoolbell);
      const settings = { fallbackUrl: fallback.url, timeoutSeconds: 30 };
      const webhook = await customer.webhook(receiver.url, settings);
      const eventId = await customer.completes(webhook);
      await fallback.waitFor(1);
      await end(schoolbell.dispatchers[0]!);
      fallback.respondWith(200);
      schoolbell.addDispatcher();
      await fallback.waitFor(2, 20_000);

      const { attempts, fallback: outcome } = await customer.fallbackIs(webhook, 'delivered');
      expect(attempts).toMatchObject([
        { number: 1, trigger: 'scheduled', outcome: 'failed' },
        { number: 2, trigger: 'fallback', outcome: 'interrupted' },
        { number: 3, trigger: 'fallback', outcome: 'delivered' },
      ]);
      expect(outcome!.lastAttempt).toMatchObject({ responseStatus: 200 });
      const ids = fallback.requests.map(({ headers }) => headers['webhook-id']);
      expect(ids).toEqual([eventId, eventId]);
    } finally {
      await schoolbell.stop();
    }
  },
);
