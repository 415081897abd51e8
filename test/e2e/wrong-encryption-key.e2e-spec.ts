import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { Customer, ServiceProcess, startReceiver, startSchoolbell } from '../support/index.js';

it('API and dispatcher refuse to start without a key that the database needs, and no delivery dies of it', async () => {
  const schoolbell = await startSchoolbell({ dispatchers: 0 });
  const receiver = await startReceiver();
  try {
    const customer = new Customer(schoolbell);
    const webhook = await customer.webhook(receiver.url);
    await customer.completesTimes(webhook, 3);
    const env = {
      PATH: process.env.PATH ?? '',
      DATABASE_URL: schoolbell.database.url,
      ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      JWT_SECRET: randomBytes(32).toString('base64'),
    };
    for (const name of ['api', 'dispatcher'] as const) {
      const service = new ServiceProcess(name, env);
      await service.exited();
      expect(service.exitCode).toBe(1);
      expect(service.logs).toContain('which ENCRYPTION_KEY does not have');
    }
    expect(await customer.ledger(webhook)).toEqual({ pending: 3 });

    schoolbell.addDispatcher();
    await receiver.waitFor(3);
  } finally {
    await Promise.all([schoolbell.stop(), receiver.close()]);
  }
});
