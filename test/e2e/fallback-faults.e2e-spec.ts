import { beforeEach, expect, it } from 'vitest';
import { startReceiver, World, type Receiver, type ServiceProcess } from '../support/index.js';

const env = { LEASE_SECONDS: '3', SWEEP_INTERVAL_MS: '200', SHUTDOWN_GRACE_SECONDS: '2' };
const world = new World({ env });

let fallback: Receiver;
beforeEach(async () => {
  fallback = await startReceiver();
  return () => fallback.close();
});

const ENDS: [string, (dispatcher: ServiceProcess) => Promise<unknown>][] = [
  ['is killed', (dispatcher) => dispatcher.kill()],
  ['is told to stop and may wait no longer', (dispatcher) => dispatcher.term()],
];

it.each(ENDS)(
  'a dispatcher that %s in the middle of an attempt at a fallback: another makes it again',
  async (_what, end) => {
    const { schoolbell, customer, receiver } = world;
    receiver.respondWith(410);
    fallback.respondWith('hang');
    const settings = { fallbackUrl: fallback.url, timeoutSeconds: 30 };
    const webhook = await customer.webhook(receiver.url, settings);
    const eventId = await customer.completes(webhook);
    await fallback.waitFor(1);
    await end(schoolbell.dispatchers.find(({ alive }) => alive)!);
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
  },
);
