import type { ClaimedHandshake, HandshakesWanted } from '@schoolbell/delivery';
import { expect, it } from 'vitest';
import { Outage } from '../outages/outage.js';
import { silentLogger } from '../testing/silent-logger.js';
import { HandshakeRunner } from './handshake-runner.js';

it('a tenant whose receivers all hang leaves the others room', async () => {
  const asked: HandshakesWanted[] = [];
  const hanging = (tenantId: string, n: number): ClaimedHandshake => ({
    leaseId: 'l',
    webhookId: `${tenantId} ${n}`,
    tenantId,
    url: 'https://receiver.example/',
    format: 'cloudevents',
    rateLimit: null,
    timeoutSeconds: 30,
    attempt: 1,
  });
  const runner = new HandshakeRunner(
    {
      store: {
        claim: async (wanted) => {
          asked.push(wanted);
          const ofOne = Array.from({ length: wanted.perTenant }, (_, n) => hanging('t', n));
          return asked.length > 1 ? [] : [...ofOne, hanging('u', 1)];
        },
        record: async () => true,
      },
      sender: { send: () => new Promise(() => undefined) },
      wakes: { wake: () => undefined },
      outage: new Outage('shaking_hands', silentLogger),
      logger: silentLogger,
    },
    { origin: 'schoolbell.example', intervalMs: 1 },
  );
  await runner.round();
  await runner.round();
  expect(asked).toMatchObject([
    { limit: 50, perTenant: 10, exceptOf: [] },
    { limit: 39, exceptOf: ['t'] },
  ]);
});
