import { describe, expect, it } from 'vitest';
import { apiClient, eventually, SharedWorld, type OwnWebhook } from '../support/index.js';

/** Allows for a busy machine, and is still earlier than a sweep, which comes every two seconds. */
const ON_TIME_MS = 1_500;

describe('a webhook that collects its events', () => {
  const world = new SharedWorld();

  const collecting = (delivery: object, settings: object = {}): Promise<OwnWebhook> =>
    world.customer.webhook(world.receiver.url, {
      format: 'xapi',
      authentication: { type: 'none' },
      events: ['session.completed', 'session.progress'],
      autoPauseAfter: 0,
      delivery: { mode: 'batch', ...delivery },
      ...settings,
    });

  /** @returns the ids of the events, in their order */
  async function progresses({ packageId }: OwnWebhook, measures: number[]): Promise<string[]> {
    const { apiUrl, platformKey, tenantId } = world.schoolbell;
    const events = measures.map((progressMeasure) => ({
      type: 'session.progress',
      data: {
        sessionId: `ses_of_${packageId}`,
        packageId,
        learnerId: 'lrn_1',
        completionStatus: 'incomplete',
        progressMeasure,
      },
    }));
    const runtime = apiClient(apiUrl, platformKey, { 'x-tenant-id': tenantId });
    const { status, body } = await runtime.post('/v1/events/batch', { events });
    expect(status).toBe(202);
    return body.data.map(({ id }: { id: string }) => id);
  }

  it('gets them together as soon as there are enough; each delivery shows the request that it was in', async () => {
    const webhook = await collecting({ maxEvents: 3, intervalSeconds: 3600 });
    await world.customer.completesTimes(webhook, 4);
    const [request] = await world.receiver.waitFor(1);
    expect(JSON.parse(request!.body)).toHaveLength(3);
    const batchId = request!.headers['x-schoolbell-delivery'];
    expect(batchId).toMatch(/^bat_/);
    expect(request!.headers).toMatchObject({
      'x-schoolbell-event': 'batch',
      'x-schoolbell-attempt': '1',
    });
    await eventually(async () =>
      expect(await world.customer.ledger(webhook)).toEqual({ delivered: 3, pending: 1 }),
    );
    const [waiting, delivered] = await world.customer.deliveries(webhook);
    expect(waiting!.status).toBe('pending');
    const { body: history } = await world.customer.api.get(`/v1/deliveries/${delivered!.id}`);
    expect(history).toMatchObject({ status: 'delivered', attemptCount: 1 });
    expect(history.attempts).toMatchObject([
      { number: 1, batch: { id: batchId, size: 3 }, request: { body: request!.body } },
    ]);
  });

  it('gets them when the first has waited for the interval, not before and not with the next sweep', async () => {
    const webhook = await collecting({ maxEvents: 100, intervalSeconds: 1 });
    for (let round = 1; round <= 3; round++) {
      const acceptedAt = Date.now();
      await world.customer.completesTimes(webhook, 2);
      const requests = await world.receiver.waitFor(round);
      expect(JSON.parse(requests.at(-1)!.body)).toHaveLength(2);
      const waitedMs = requests.at(-1)!.at - acceptedAt;
      expect(waitedMs).toBeGreaterThanOrEqual(1_000);
      if (round > 1) expect(waitedMs).toBeLessThan(1_000 + ON_TIME_MS);
    }
  });

  it('gets the very same request again when it has failed, and all of it is dead when it always does', async () => {
    const settings = { retrySchedule: [1] };
    const webhook = await collecting({ maxEvents: 2, intervalSeconds: 3600 }, settings);
    world.receiver.respondWith(500);
    await world.customer.completesTimes(webhook, 3);
    const [first, second] = await world.receiver.waitFor(2, 15_000);
    expect(second!.body).toBe(first!.body);
    expect(second!.headers).toMatchObject({
      'x-schoolbell-delivery': first!.headers['x-schoolbell-delivery'],
      'x-schoolbell-attempt': '2',
    });
    await eventually(async () =>
      expect(await world.customer.ledger(webhook)).toEqual({ dead: 2, pending: 1 }),
    );
  });

  it('sends what is retried by hand at once, alone', async () => {
    const webhook = await collecting({ maxEvents: 100, intervalSeconds: 3600 });
    await world.customer.completesTimes(webhook, 2);
    const [delivery] = await world.customer.deliveries(webhook);
    await world.customer.api.post(`/v1/deliveries/${delivery!.id}/retry`);
    const [request] = await world.receiver.waitFor(1);
    expect(request!.headers['x-schoolbell-delivery']).toBe(delivery!.id);
    await eventually(async () =>
      expect(await world.customer.ledger(webhook)).toEqual({ delivered: 1, pending: 1 }),
    );
  });

  it('gets only the newest progress of a session where it coalesces, and the others say which went', async () => {
    const webhook = await collecting({ maxEvents: 100, intervalSeconds: 1, coalesce: true });
    const eventIds = await progresses(webhook, [0.1, 0.2, 0.3]);
    const [request] = await world.receiver.waitFor(1);
    expect(JSON.parse(request!.body)).toHaveLength(1);
    await eventually(async () =>
      expect(await world.customer.ledger(webhook)).toEqual({ delivered: 3 }),
    );
    const deliveries = await world.customer.deliveries(webhook);
    const [newest] = deliveries.filter(({ eventId }) => eventId === eventIds.at(-1));
    expect(newest).not.toHaveProperty('coalescedInto');
    for (const other of deliveries.filter(({ id }) => id !== newest!.id)) {
      expect(other).toMatchObject({ coalescedInto: newest!.id });
    }
  });
});
