import { fromTypeId } from '@schoolbell/ids';
import { describe, expect, it } from 'vitest';
import {
  Customer,
  eventually,
  logsOfShared,
  reservedPort,
  SharedWorld,
  startReceiver,
} from '../support/index.js';

const world = new SharedWorld();

describe('a failed attempt', () => {
  async function firstAttempt(webhook: Parameters<Customer['delivery']>[0], timeoutMs = 5000) {
    return eventually(
      async () => {
        const delivery = await world.customer.delivery(webhook);
        expect(delivery.attempts).toHaveLength(1);
        return { delivery, attempt: delivery.attempts[0]! };
      },
      { timeoutMs },
    );
  }

  it('of a receiver that is not there says that the connection was refused', async () => {
    const webhook = await world.customer.webhook(`http://127.0.0.1:${await reservedPort()}/hooks`);
    await world.customer.completes(webhook);
    const { delivery, attempt } = await firstAttempt(webhook);
    expect(attempt).toMatchObject({
      outcome: 'failed',
      response: null,
      error: { code: 'connection_refused', message: expect.stringMatching(/refused/i) },
    });
    expect(delivery).toMatchObject({ status: 'pending', attemptCount: 1 });
    const wait = Date.parse(delivery.nextAttemptAt!) - Date.parse(attempt.at);
    expect(wait).toBeGreaterThanOrEqual(30_000);
    expect(wait).toBeLessThan(34_000);
  });

  it('of a receiver that hangs ends at the deadline of the webhook', async () => {
    world.receiver.respondWith('hang');
    const webhook = await world.customer.webhook(world.receiver.url, { timeoutSeconds: 1 });
    await world.customer.completes(webhook);
    const { attempt } = await firstAttempt(webhook);
    expect(attempt.error).toMatchObject({ code: 'timeout' });
    expect(attempt.timings.totalMs).toBeGreaterThanOrEqual(990);
    expect(attempt.timings.totalMs).toBeLessThan(2000);
  });

  it('of a receiver that redirects is not followed and says so', async () => {
    const elsewhere = await startReceiver();
    world.receiver.respondWith({ status: 302, headers: { location: elsewhere.url } });
    const webhook = await world.customer.webhook(world.receiver.url);
    await world.customer.completes(webhook);
    const { attempt } = await firstAttempt(webhook);
    expect(attempt).toMatchObject({ response: { status: 302 }, error: { code: 'redirect' } });
    expect(elsewhere.requests).toHaveLength(0);
    await elsewhere.close();
  });

  it.each([429, 503])('that is answered %d waits as Retry-After asks', async (status) => {
    let answers = 0;
    world.receiver.respondWith(() =>
      answers++ === 0 ? { status, headers: { 'retry-after': '3' } } : 200,
    );
    const webhook = await world.customer.webhook(world.receiver.url, { retrySchedule: [1] });
    await world.customer.completes(webhook);
    const [first, second] = await world.receiver.waitFor(2, 10_000);
    expect(second!.at - first!.at).toBeGreaterThanOrEqual(2950);
    await world.customer.deliveryIs(webhook, 'delivered');
  });

  it('is tried again after the delay and up to a tenth of it more, each delivery at its own moment', async () => {
    world.receiver.respondWith(500);
    const settings = { retrySchedule: [1000], autoPauseAfter: 0 };
    const webhook = await world.customer.webhook(world.receiver.url, settings);
    await world.customer.completesTimes(webhook, 20);
    const waits = await eventually(async () => {
      const deliveries = await world.customer.deliveries(webhook);
      return deliveries.map(
        ({ nextAttemptAt, lastAttempt }) =>
          (Date.parse(nextAttemptAt!) - Date.parse(lastAttempt!.at)) / 1000,
      );
    });
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(1000);
    expect(Math.max(...waits)).toBeLessThan(1105);
    expect(Math.max(...waits) - Math.min(...waits)).toBeGreaterThan(10);
  });

  it('of the last retry leaves the delivery dead, in the dead letters', async () => {
    world.receiver.respondWith(500);
    const webhook = await world.customer.webhook(world.receiver.url, { retrySchedule: [1] });
    await world.customer.completes(webhook);
    const { id, attempts, nextAttemptAt } = await world.customer.deliveryIs(webhook, 'dead');
    expect(attempts.map(({ number }) => number)).toEqual([1, 2]);
    expect(nextAttemptAt).toBeNull();
    const { body } = await world.customer.api.get(`/v1/dead-letters?webhookId=${webhook.id}`);
    expect(body.data).toMatchObject([{ id, lastAttempt: { responseStatus: 500 } }]);
  });

  it('of a dead delivery that is retried by hand starts a new cycle at once', async () => {
    const answers = [500, 500, 500, 200];
    world.receiver.respondWith(() => answers.shift() ?? 200);
    const webhook = await world.customer.webhook(world.receiver.url, { retrySchedule: [1] });
    await world.customer.completes(webhook);
    const { id } = await world.customer.deliveryIs(webhook, 'dead');
    expect((await world.customer.api.post(`/v1/deliveries/${id}/retry`)).status).toBe(202);
    const { attempts } = await world.customer.deliveryIs(webhook, 'delivered');
    expect(attempts.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    expect(attempts.map(({ trigger }) => trigger)).toEqual([
      'scheduled',
      'scheduled',
      'manual',
      'scheduled',
    ]);
  });

  it('that is answered 410 is the last one: the delivery is dead, the webhook paused as gone', async () => {
    world.receiver.respondWith(410);
    const webhook = await world.customer.webhook(world.receiver.url);
    await world.customer.completes(webhook);
    const { attempts } = await world.customer.deliveryIs(webhook, 'dead');
    expect(attempts).toHaveLength(1);
    expect(await world.customer.status(webhook)).toMatchObject({
      status: 'paused',
      pause: { reason: 'gone' },
    });
  });

  it('of a poisoned webhook row is a dead letter with its error, and the others go on', async () => {
    const [poisoned, unreadable, healthy] = await Promise.all([
      world.customer.webhook(world.receiver.url),
      world.customer.webhook(world.receiver.url),
      world.customer.webhook(world.receiver.url),
    ]);
    const poison = (column: string, { packageId }: typeof poisoned) =>
      world.schoolbell.database.query(
        `UPDATE webhooks SET ${column} = 'nonsense', version = version + 1 WHERE package_ids = $1`,
        [[packageId]],
      );
    await poison('format', poisoned);
    await poison('secret', unreadable);
    await Promise.all(
      [poisoned, unreadable, healthy].map((webhook) => world.customer.completes(webhook)),
    );

    await world.customer.deliveryIs(healthy, 'delivered');
    for (const webhook of [poisoned, unreadable]) {
      const { attempts } = await world.customer.deliveryIs(webhook, 'dead');
      expect(attempts).toMatchObject([{ outcome: 'failed', error: { code: 'unsendable' } }]);
    }
    expect(world.receiver.requests).toHaveLength(1);
  });

  it('of a damaged event is a dead letter; the event is shown without its data, beside all others', async () => {
    const { customer, receiver, schoolbell } = world;
    const webhook = await customer.webhook(receiver.url);
    await customer.api.post(`/v1/webhooks/${webhook.id}/pause`);
    const damaged = await customer.completes(webhook);
    const whole = await customer.completes(webhook);
    await schoolbell.database.query(`UPDATE events SET payload = '{"a": cut o' WHERE id = $1`, [
      fromTypeId('event', damaged),
    ]);
    await customer.api.post(`/v1/webhooks/${webhook.id}/resume`);

    const dead = await eventually(async () => {
      const { data } = (await customer.api.get(`/v1/dead-letters?webhookId=${webhook.id}`)).body;
      return data.length > 0 && data[0];
    });
    expect((await customer.api.get(`/v1/deliveries/${dead.id}`)).body.attempts).toMatchObject([
      { outcome: 'failed', error: { code: 'damaged_event' }, request: { body: null } },
    ]);
    expect((await customer.api.get(`/v1/events/${damaged}`)).body).toMatchObject({
      id: damaged,
      data: null,
      deliveries: [{ status: 'dead' }],
    });
    const { body } = await customer.api.get('/v1/events?type=session.completed&limit=2');
    expect(body.data).toMatchObject([
      { id: whole, data: { packageId: webhook.packageId } },
      { id: damaged, data: null },
    ]);
    const said = `The stored data of ${damaged} is damaged`;
    await eventually(async () => (await logsOfShared()).includes(said));
  });
});
