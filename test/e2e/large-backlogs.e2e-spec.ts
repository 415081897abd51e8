import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Customer,
  eventually,
  startReceiver,
  type OwnWebhook,
  type Receiver,
  type ServiceProcess,
} from '../support/index.js';
import { type ApiUnderTest, startApi } from './support/start-api.js';
import { startDispatcher } from './support/start-dispatcher.js';
import { addBacklog } from './support/waiting-deliveries.js';

/** Ten times what one statement discards. What is true of them is true of a million. */
const WAITING = 50_000;
/** A minute for some seconds of work: build machines are busy. */
const PATIENCE = { timeoutMs: 60_000, intervalMs: 100 };

let receiver: Receiver;
let schoolbell: ApiUnderTest;
let customer: Customer;
let dispatcher: ServiceProcess | undefined;
let webhook: OwnWebhook;

beforeAll(async () => {
  receiver = await startReceiver();
  schoolbell = await startApi();
  ({ customer } = await schoolbell.addTenant());
});
beforeEach(async () => {
  await schoolbell.database.query('TRUNCATE deliveries, due_deliveries');
  webhook = await customer.webhook(receiver.url);
  await customer.api.post(`/v1/webhooks/${webhook.id}/pause`);
  await addBacklog(schoolbell.database, webhook.id, WAITING);
});
afterAll(async () => {
  await dispatcher?.term();
  await schoolbell.stop();
  await receiver.close();
});

const dispatching = (): ServiceProcess => startDispatcher(schoolbell, { SWEEP_INTERVAL_MS: '300' });

/** How many deliveries have which status; `sendable` counts those that a dispatcher could claim, now or later. */
async function count(): Promise<Record<string, number>> {
  const rows = await schoolbell.database.query<{ status: string; count: number }>(
    `SELECT status, count(*)::integer AS count FROM deliveries GROUP BY status
     UNION ALL
     SELECT 'sendable', count(*)::integer
     FROM due_deliveries d JOIN webhooks w ON w.id = d.webhook_id
     WHERE w.status = 'active' AND w.deleted_at IS NULL HAVING count(*) > 0`,
  );
  return Object.fromEntries(rows.map((row) => [row.status, row.count]));
}

/** Which of these it would count, found in no time. */
async function kinds(): Promise<string[]> {
  const [{ found }] = (await schoolbell.database.query<{ found: string[] }>(
    `SELECT array_remove(ARRAY[
       CASE WHEN EXISTS (SELECT FROM deliveries WHERE status = 'waiting') THEN 'waiting' END,
       CASE WHEN EXISTS (SELECT FROM deliveries WHERE status = 'discarded') THEN 'discarded' END,
       CASE WHEN EXISTS (SELECT FROM due_deliveries WHERE webhook_id IN (
         SELECT id FROM webhooks WHERE status = 'active' AND deleted_at IS NULL)) THEN 'sendable' END
     ], NULL) AS found`,
  )) as [{ found: string[] }];
  return found;
}

describe('a webhook with very many deliveries waiting', () => {
  it('is deleted at once: all of them show as discarded, and soon are, whatever becomes of a dispatcher', async () => {
    expect((await customer.api.delete(`/v1/webhooks/${webhook.id}`)).status).toBe(204);
    expect(await count()).toEqual({ discarded: 5000, waiting: WAITING - 5000 });

    const { data } = (await customer.api.get('/v1/deliveries?limit=100')).body;
    expect(data).toHaveLength(100);
    for (const shown of data) {
      expect(shown).toMatchObject({ status: 'discarded', nextAttemptAt: null });
    }
    const path = `/v1/deliveries/${data[0].id}`;
    expect((await customer.api.get(path)).body.status).toBe('discarded');
    expect((await customer.api.post(`${path}/retry`)).status).toBe(409);
    const listed = async (status: string) =>
      (await customer.api.get(`/v1/deliveries?limit=100&status=${status}`)).body.data.length;
    expect(await Promise.all(['discarded', 'pending', 'held'].map(listed))).toEqual([100, 0, 0]);

    dispatcher = dispatching();
    await eventually(async () => (await count()).discarded! > 5000, PATIENCE);
    await dispatcher.kill();
    expect((await count()).waiting).toBeGreaterThan(0);
    dispatcher.restart();
    await eventually(async () => {
      expect(await count()).toEqual({ discarded: WAITING });
    }, PATIENCE);
    expect(receiver.requests).toEqual([]);
  });

  it('is resumed without them, little by little: none is sent, and every event after that is', async () => {
    dispatcher ??= dispatching();
    const resumed = customer.api.post(`/v1/webhooks/${webhook.id}/resume`, {
      heldDeliveries: 'discard',
    });
    const meanwhile: string[][] = [];
    let done = false;
    void resumed.finally(() => (done = true));
    while (!done) {
      meanwhile.push(await kinds());
      await sleep(2);
    }
    const { status, body } = await resumed;
    expect([status, body.status]).toEqual([200, 'active']);
    expect(meanwhile).toContainEqual(['waiting', 'discarded']);
    expect(meanwhile.flat()).not.toContain('sendable');
    expect(await count()).toEqual({ discarded: WAITING });

    await customer.completesTimes(webhook, 3);
    await eventually(async () => {
      expect(await count()).toEqual({ discarded: WAITING, delivered: 3 });
    }, PATIENCE);
    expect(receiver.requests).toHaveLength(3);
  });
});
