import { afterAll, describe, expect, it } from 'vitest';
import {
  createDatabase,
  eventually,
  ownRedisAvailable,
  startOwnRedis,
  startReceiver,
} from './index.js';

describe('the parts that tests are made of', () => {
  const cleanUp: (() => Promise<void>)[] = [];
  afterAll(() => Promise.all(cleanUp.map((undo) => undo())));

  it('include databases that are migrated, empty and apart from each other', async () => {
    const [one, other] = await Promise.all([createDatabase(), createDatabase()]);
    cleanUp.push(one.drop, other.drop);
    await one.query(`INSERT INTO tenants (id, name) VALUES (gen_random_uuid(), 'Acme')`);
    expect(await one.query('SELECT name FROM tenants')).toEqual([{ name: 'Acme' }]);
    expect(await other.query('SELECT name FROM tenants')).toEqual([]);
  });

  it('include a receiver that writes down the very bytes and answers as it is told', async () => {
    const receiver = await startReceiver();
    cleanUp.push(receiver.close);
    receiver.respondWith({ status: 503, headers: { 'retry-after': '7' }, body: 'later' });
    const response = await fetch(receiver.url, { method: 'POST', body: '{"ü":1}' });
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '7']);
    expect(await response.text()).toBe('later');
    const [request] = await receiver.waitFor(1);
    expect(request).toMatchObject({ method: 'POST', path: '/webhooks', body: '{"ü":1}' });
    receiver.respondWith('reset');
    await expect(fetch(receiver.url)).rejects.toThrow();
  });

  it.skipIf(!ownRedisAvailable())('include a Redis that may be killed', async () => {
    const redis = await startOwnRedis();
    cleanUp.push(redis.stop);
    await redis.flush();
    await redis.kill();
    await expect(redis.flush()).rejects.toThrow();
    await redis.restart();
    await redis.flush();
  });

  it('include patience that ends', async () => {
    let calls = 0;
    expect(await eventually(() => ++calls >= 3 && 'done')).toBe('done');
    await expect(eventually(() => false, { timeoutMs: 30, intervalMs: 5 })).rejects.toThrow(
      '30 ms',
    );
  });
});
