import { randomUUID } from 'node:crypto';
import { fromTypeId, toTypeId } from '@schoolbell/ids';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually, type OwnWebhook, SharedWorld } from '../support/index.js';
import { moreDispatchers } from './support/more-dispatchers.js';

/**
 * How much later than its slot a dispatcher may start an attempt on a machine that is busy with other tests, while it
 * starts the one a second later on time. test/integration holds the timetable itself to the millisecond.
 */
const UNEVEN_MS = 400;
/** For what takes some seconds, on a machine that is busy with other tests. */
const PATIENCE_MS = 40_000;

describe('a webhook with a rate limit', () => {
  const world = new SharedWorld();
  beforeAll(() => moreDispatchers(world.schoolbell, 2));

  async function completedBy({ packageId }: OwnWebhook, learnerId: string, times: number) {
    const events = Array.from({ length: times }, () => ({
      type: 'session.completed',
      data: { sessionId: randomUUID(), packageId, learnerId, completionStatus: 'completed' },
    }));
    expect((await world.customer.api.post('/v1/events/batch', { events })).status).toBe(202);
  }

  /**
   * The attempts of a webhook in the order in which they started: by the clock of the dispatchers, since this process
   * is the receiver and may itself be late in reading what has arrived.
   */
  async function attemptsOf({ id }: OwnWebhook): Promise<{ eventId: string; at: number }[]> {
    const rows = await world.schoolbell.database.query<{ event_id: string; at: Date }>(
      `SELECT d.event_id, a.at FROM attempts a JOIN deliveries d ON d.id = a.delivery_id
       WHERE a.webhook_id = $1 ORDER BY a.at, a.id`,
      [fromTypeId('webhook', id)],
    );
    return rows.map((row) => ({ eventId: toTypeId('event', row.event_id), at: row.at.getTime() }));
  }

  async function expectRate(webhook: OwnWebhook, perSecond: number): Promise<void> {
    const times = (await attemptsOf(webhook)).map(({ at }) => at);
    for (let i = perSecond; i < times.length; i++) {
      expect(times[i]! - times[i - perSecond]!).toBeGreaterThan(1000 - UNEVEN_MS);
    }
  }

  const becomes = (webhook: OwnWebhook, ledger: Record<string, number>): Promise<void> =>
    eventually(async () => expect(await world.customer.ledger(webhook)).toEqual(ledger), {
      timeoutMs: PATIENCE_MS,
    });

  it('gets no more than its rate from three dispatchers together, each delivery once, and no less', async () => {
    const webhook = await world.customer.webhook(world.receiver.url, { rateLimit: 20 });
    await world.customer.completesTimes(webhook, 60);
    const requests = await world.receiver.waitFor(60, PATIENCE_MS);
    await becomes(webhook, { delivered: 60 });
    await expectRate(webhook, 20);
    const times = (await attemptsOf(webhook)).map(({ at }) => at);
    const tookMs = times.at(-1)! - times[0]!;
    expect(tookMs).toBeGreaterThan((59 / 20) * 1000 - UNEVEN_MS);
    expect(tookMs).toBeLessThan(10_000);
    expect(world.receiver.requests).toHaveLength(60);
    expect(new Set(requests.map(({ headers }) => headers['webhook-id'])).size).toBe(60);
  });

  it('gets what was held at its rate, oldest first, once it is resumed', async () => {
    const webhook = await world.customer.webhook(world.receiver.url, {
      rateLimit: 15,
      status: 'paused',
    });
    const accepted: string[] = [];
    for (let i = 0; i < 30; i++) accepted.push(await world.customer.completes(webhook));
    await world.customer.api.post(`/v1/webhooks/${webhook.id}/resume`);
    await becomes(webhook, { delivered: 30 });
    await expectRate(webhook, 15);
    const sent = (await attemptsOf(webhook)).map(({ eventId }) => eventId);
    expect(sent.toSorted()).toEqual(accepted.toSorted());
    // Claimed oldest first; two dispatchers can start neighbours the other way round.
    for (const [place, id] of sent.entries()) {
      expect(Math.abs(accepted.indexOf(id) - place)).toBeLessThanOrEqual(5);
    }
    expect(world.receiver.requests).toHaveLength(30);
  });

  it('gets the events that its filter wants at its rate, whatever number it does not want', async () => {
    const filter = 'data.learnerId = "wanted"';
    const webhook = await world.customer.webhook(world.receiver.url, { rateLimit: 5, filter });
    await completedBy(webhook, 'unwanted', 200);
    await completedBy(webhook, 'wanted', 8);
    // 40 s if the events that the filter turns away took slots.
    await world.receiver.waitFor(8, 20_000);
    await becomes(webhook, { delivered: 8, discarded: 200 });
    await expectRate(webhook, 5);
    expect(world.receiver.requests).toHaveLength(8);
  });

  it('waits for no slot of batches in which its filter wants nothing', async () => {
    const webhook = await world.customer.webhook(world.receiver.url, {
      format: 'cloudevents',
      delivery: { mode: 'batch', maxEvents: 5, intervalSeconds: 1 },
      rateLimit: 1,
      filter: 'data.learnerId = "wanted"',
    });
    await completedBy(webhook, 'unwanted', 150);
    await completedBy(webhook, 'wanted', 2);
    // 30 s if the batches in which it wants nothing took slots.
    const [batch] = await world.receiver.waitFor(1, 20_000);
    expect(JSON.parse(batch!.body.toString())).toHaveLength(2);
    await becomes(webhook, { delivered: 2, discarded: 150 });
  });

  it('gets its test at once', async () => {
    const webhook = await world.customer.webhook(world.receiver.url, { rateLimit: 1 });
    await world.customer.completesTimes(webhook, 40);
    await world.receiver.waitFor(1);
    const { status } = await world.customer.api.post(`/v1/webhooks/${webhook.id}/test`);
    expect(status).toBe(200);
    // One a second: in its turn, the test would come after all forty.
    expect(world.receiver.requests.length).toBeLessThan(20);
  });
});
