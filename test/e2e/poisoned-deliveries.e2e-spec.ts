import { expect, it } from 'vitest';
import { fromTypeId } from '@schoolbell/delivery';
import { Customer, startReceiver, startSchoolbell } from '../support/index.js';

it('a delivery whose outcome can never be written ends in the dead letters, and the others go on', async () => {
  const receiver = await startReceiver();
  const env = { LEASE_SECONDS: '1', SWEEP_INTERVAL_MS: '200' };
  const schoolbell = await startSchoolbell({ env });
  try {
    const customer = new Customer(schoolbell);
    const poisoned = await customer.webhook(receiver.url);
    const healthy = await customer.webhook(receiver.url, {
      scopes: { packageIds: [poisoned.packageId] },
    });
    await schoolbell.database.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'a fault of one row'; END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON attempts FOR EACH ROW
        WHEN (NEW.webhook_id = '${fromTypeId('webhook', poisoned.id)}' AND NEW.outcome = 'delivered')
        EXECUTE FUNCTION refuse()`);
    await customer.completes(poisoned);
    await customer.deliveryIs(healthy, 'delivered');
    const dead = await customer.deliveryIs(poisoned, 'dead', 40_000);
    expect(dead.lastAttempt).toMatchObject({ errorCode: 'interrupted' });
    expect(dead.attempts.map(({ outcome }) => outcome)).toEqual(Array(5).fill('interrupted'));
    const { body } = await customer.api.get(`/v1/dead-letters?webhookId=${poisoned.id}`);
    expect(body.data).toMatchObject([{ id: dead.id }]);
    expect(receiver.requests).toHaveLength(6);
  } finally {
    await schoolbell.stop();
    await receiver.close();
  }
}, 60_000);
