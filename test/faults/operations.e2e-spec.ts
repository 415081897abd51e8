import { expect, it } from 'vitest';
import { Customer, eventually, startReceiver, startSchoolbell } from '../support/index.js';
import { addDeadLetters } from '../e2e/support/dead-letters.js';

const DEAD = 8_000;

it('a bulk retry goes on where it was when its dispatcher is killed: each delivery once', async () => {
  const receiver = await startReceiver();
  const schoolbell = await startSchoolbell();
  try {
    const customer = new Customer(schoolbell);
    const webhook = await customer.webhook(receiver.url);
    // Held, so that sending does not blur what the operation did.
    await customer.api.post(`/v1/webhooks/${webhook.id}/pause`);
    await addDeadLetters(schoolbell.database, webhook.id, DEAD);
    const { body } = await customer.api.post('/v1/dead-letters/retry', { webhookId: webhook.id });
    const operation = async () => (await customer.api.get(`/v1/operations/${body.id}`)).body;

    await eventually(async () => (await operation()).done > 0, { intervalMs: 5 });
    await schoolbell.dispatchers[0]!.kill();
    // Postgres may still be executing the last statement before the kill.
    await eventually(async () => (await ledger()).waiting === (await operation()).done);
    const halfWay = await operation();
    expect(halfWay.status).toBe('running');
    expect(halfWay.done).toBeGreaterThan(0);
    expect(halfWay.done).toBeLessThan(DEAD);
    expect(await ledger()).toEqual({
      waiting: halfWay.done,
      due: halfWay.done,
      dead: DEAD - halfWay.done,
    });

    schoolbell.addDispatcher();
    await eventually(async () => (await operation()).status === 'completed', { timeoutMs: 20_000 });
    expect(await operation()).toMatchObject({ total: DEAD, done: DEAD, failed: 0 });
    expect(await ledger()).toEqual({ waiting: DEAD, due: DEAD });
  } finally {
    await schoolbell.stop();
    await receiver.close();
  }

  async function ledger(): Promise<Record<string, number>> {
    const rows = await schoolbell.database.query<{ status: string; count: number }>(
      `SELECT status, count(*)::integer AS count FROM deliveries GROUP BY status
       UNION ALL SELECT 'due', count(*)::integer FROM due_deliveries HAVING count(*) > 0`,
    );
    return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
  }
});
