import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  Customer,
  eventually,
  startReceiver,
  ServiceProcess,
  startSchoolbell,
  type Receiver,
  type Schoolbell,
} from '../support/index.js';

describe('API and dispatcher, each with work that does not end', () => {
  let schoolbell: Schoolbell;
  let receiver: Receiver;
  let services: ServiceProcess[];

  beforeAll(async () => {
    receiver = await startReceiver();
    receiver.respondWith('hang');
    schoolbell = await startSchoolbell({ env: { SHUTDOWN_GRACE_SECONDS: '5' } });
    services = [schoolbell.api, ...schoolbell.dispatchers];
    return async () => {
      await schoolbell.stop();
      await receiver.close();
    };
  });

  /** A test of a webhook keeps both a request of the API and an attempt of the dispatcher open. */
  beforeEach(async () => {
    for (const service of services) if (!service.alive) service.restart();
    await schoolbell.ready();
    const customer = new Customer(schoolbell);
    const webhook = await customer.webhook(receiver.url, { timeoutSeconds: 30 });
    const before = receiver.requests.length;
    void customer.api.post(`/v1/webhooks/${webhook.id}/test`).catch(() => undefined);
    await receiver.waitFor(before + 1);
  });

  const askToStop = async (): Promise<Promise<number | null>[]> => {
    const before = services.map(({ logs }) => logs.length);
    const exits = services.map((service) => service.term());
    await eventually(() => {
      for (const [n, { logs }] of services.entries()) {
        expect(logs.slice(before[n])).toContain('stopping');
      }
    });
    return exits;
  };
  const signal = (): void => {
    for (const { pid } of services) process.kill(pid, 'SIGINT');
  };

  it('take a second signal within a second for the same wish: they exit with 0', async () => {
    const exits = await askToStop();
    signal();
    await sleep(300);
    signal();
    expect(await Promise.all(exits)).toEqual([0, 0]);
  });

  it('exit at once with 1 when a second signal comes later', async () => {
    const exits = await askToStop();
    await sleep(1100);
    expect(services.map(({ alive }) => alive)).toEqual([true, true]);
    signal();
    expect(await Promise.all(exits)).toEqual([1, 1]);
  });
});

describe('API and dispatcher whose settings are wrong', () => {
  it.each(['api', 'dispatcher'] as const)('name every fault and exit with 1: %s', async (name) => {
    const service = new ServiceProcess(name, { LOG_LEVEL: 'loud', PORT: 'x' });
    await service.exited();
    expect(service.exitCode).toBe(1);
    await eventually(() => expect(service.logs).toMatch(/PORT must .+\n +LOG_LEVEL must/));
  });
});
