import { randomBytes } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { ServiceProcess, startReceiver } from '../support/index.js';
import { startApi } from './support/start-api.js';
import { startDispatcher } from './support/start-dispatcher.js';

it('API and dispatcher refuse to start without a key that the database needs, and no delivery dies of it', async () => {
  const schoolbell = await startApi();
  onTestFinished(() => schoolbell.stop());
  const receiver = await startReceiver();
  onTestFinished(() => receiver.close());
  const { customer } = await schoolbell.addTenant();
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

  const dispatcher = startDispatcher(schoolbell);
  onTestFinished(async () => void (await dispatcher.term()));
  await receiver.waitFor(3);
});
