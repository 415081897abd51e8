import { beforeAll, describe, expect, it } from 'vitest';
import { fromTypeId } from '@schoolbell/ids';
import {
  Customer,
  eventually,
  startReceiver,
  startSchoolbell,
  type OwnWebhook,
  type Receiver,
  type Schoolbell,
} from '../support/index.js';

describe('a delivery whose outcome Postgres refuses', () => {
  let schoolbell: Schoolbell;
  let customer: Customer;
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = await startReceiver();
    const env = { LEASE_SECONDS: '1', SWEEP_INTERVAL_MS: '200' };
    schoolbell = await startSchoolbell({ env });
    customer = new Customer(schoolbell);
    // One trigger for all tests, made while nothing is under way: changing it takes locks that deadlock with the
    // maintenance of partitions.
    await schoolbell.database.query(`
      CREATE TABLE refused (webhook_id uuid PRIMARY KEY, error_code text NOT NULL);
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE code text := (SELECT error_code FROM refused WHERE webhook_id = NEW.webhook_id);
        BEGIN
          IF code IS NOT NULL THEN RAISE EXCEPTION 'refused' USING ERRCODE = code; END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON attempts FOR EACH ROW
        WHEN (NEW.outcome = 'delivered') EXECUTE FUNCTION refuse()`);
    return async () => {
      await schoolbell.stop();
      await receiver.close();
    };
  });

  /** @returns a webhook whose outcomes are refused, and one beside it */
  async function refusing(errorCode: string): Promise<[OwnWebhook, OwnWebhook]> {
    const poisoned = await customer.webhook(receiver.url);
    const scopes = { packageIds: [poisoned.packageId] };
    const healthy = await customer.webhook(receiver.url, { scopes });
    await schoolbell.database.query('INSERT INTO refused VALUES ($1, $2)', [
      fromTypeId('webhook', poisoned.id),
      errorCode,
    ]);
    return [poisoned, healthy];
  }

  it('since its row is at fault ends in the dead letters, and the others go on', async () => {
    const [poisoned, healthy] = await refusing('23514');
    await customer.completes(poisoned);
    await customer.deliveryIs(healthy, 'delivered');
    const dead = await customer.deliveryIs(poisoned, 'dead', 40_000);
    expect(dead.lastAttempt).toMatchObject({ errorCode: 'interrupted' });
    expect(dead.attempts.map(({ outcome }) => outcome)).toEqual(Array(5).fill('interrupted'));
    const { body } = await customer.api.get(`/v1/dead-letters?webhookId=${poisoned.id}`);
    expect(body.data).toMatchObject([{ id: dead.id }]);
    expect(receiver.requests).toHaveLength(6);
  }, 60_000);

  it.each([
    ['an exception of a trigger', 'P0001'],
    ['a damaged page', 'XX001'],
  ])('for another reason, such as %s, waits apart and is sent once', async (_what, errorCode) => {
    const before = receiver.requests.length;
    const [poisoned, healthy] = await refusing(errorCode);
    await customer.completesTimes(poisoned, 5);
    await eventually(async () => {
      expect(await customer.ledger(healthy)).toEqual({ delivered: 5 });
    });
    expect(await customer.ledger(poisoned)).toEqual({ pending: 5 });
    // Longer than a lease, which is extended meanwhile.
    await new Promise((resolve) => setTimeout(resolve, 2000));
    await schoolbell.database.query('DELETE FROM refused');
    await eventually(async () => {
      expect(await customer.ledger(poisoned)).toEqual({ delivered: 5 });
    });
    expect(receiver.requests).toHaveLength(before + 10);
  });
});
