import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  Customer,
  eventually,
  startReceiver,
  startSchoolbell,
  type OwnWebhook,
  type ReceivedRequest,
  type Receiver,
  type Schoolbell,
} from '../support/index.js';

/**
 * On a machine that is busy with other tests a request can start late or be late on its way, and the one a
 * second after it not. The timetable itself is held to the millisecond in test/integration. Milliseconds.
 */
const UNEVEN_MS = 400;

describe('a webhook with a rate limit', () => {
  let schoolbell: Schoolbell;
  let customer: Customer;
  let receiver: Receiver;

  beforeAll(async () => {
    schoolbell = await startSchoolbell({ dispatchers: 3 });
    customer = new Customer(schoolbell);
  });
  afterAll(() => schoolbell?.stop());
  beforeEach(async () => {
    receiver = await startReceiver();
    return () => receiver.close();
  });

  function completedBy({ packageId }: OwnWebhook, learnerId: string, times: number) {
    const completed = { packageId, learnerId, completionStatus: 'completed' };
    const reports = Array.from({ length: times }, () =>
      customer.reports('session.completed', completed),
    );
    return Promise.all(reports);
  }

  function expectRate(requests: readonly ReceivedRequest[], perSecond: number): void {
    const times = requests.map(({ at }) => at);
    for (let i = perSecond; i < times.length; i++) {
      expect(times[i]! - times[i - perSecond]!).toBeGreaterThan(1000 - UNEVEN_MS);
    }
  }

  it('gets no more than its rate from three dispatchers together, each delivery once, and no less', async () => {
    const webhook = await customer.webhook(receiver.url, { rateLimit: 20 });
    await customer.completesTimes(webhook, 60);
    const requests = await receiver.waitFor(60, 20_000);
    expectRate(requests, 20);
    const tookMs = requests.at(-1)!.at - requests[0]!.at;
    expect(tookMs).toBeGreaterThan((59 / 20) * 1000 - UNEVEN_MS);
    expect(tookMs).toBeLessThan(10_000);
    await eventually(async () => expect(await customer.ledger(webhook)).toEqual({ delivered: 60 }));
    expect(receiver.requests).toHaveLength(60);
    expect(new Set(requests.map(({ headers }) => headers['webhook-id'])).size).toBe(60);
  });

  it('gets what was held at its rate, oldest first, once it is resumed', async () => {
    const webhook = await customer.webhook(receiver.url, { rateLimit: 15, status: 'paused' });
    const accepted: string[] = [];
    for (let i = 0; i < 30; i++) accepted.push(await customer.completes(webhook));
    await customer.api.post(`/v1/webhooks/${webhook.id}/resume`);
    const requests = await receiver.waitFor(30, 15_000);
    expectRate(requests, 15);
    const arrived = requests.map(({ headers }) => String(headers['webhook-id']));
    expect(arrived.toSorted()).toEqual(accepted.toSorted());
    // Claimed oldest first; two dispatchers can start neighbours the other way round.
    for (const [place, id] of arrived.entries()) {
      expect(Math.abs(accepted.indexOf(id) - place)).toBeLessThanOrEqual(5);
    }
  });

  it('gets the events that its filter wants at its rate, whatever number it does not want', async () => {
    const filter = 'data.learnerId = "wanted"';
    const webhook = await customer.webhook(receiver.url, { rateLimit: 5, filter });
    await completedBy(webhook, 'unwanted', 60);
    await completedBy(webhook, 'wanted', 8);
    // 12 s if what the filter turns away counted.
    const requests = await receiver.waitFor(8, 8_000);
    expectRate(requests, 5);
    await eventually(async () =>
      expect(await customer.ledger(webhook)).toEqual({ delivered: 8, discarded: 60 }),
    );
    expect(receiver.requests).toHaveLength(8);
  });

  it('waits for no slot of batches in which its filter wants nothing', async () => {
    const webhook = await customer.webhook(receiver.url, {
      format: 'cloudevents',
      delivery: { mode: 'batch', maxEvents: 5, intervalSeconds: 1 },
      rateLimit: 1,
      filter: 'data.learnerId = "wanted"',
    });
    await completedBy(webhook, 'unwanted', 50);
    await completedBy(webhook, 'wanted', 2);
    const [batch] = await receiver.waitFor(1, 8_000);
    expect(JSON.parse(batch!.body.toString())).toHaveLength(2);
    await eventually(async () =>
      expect(await customer.ledger(webhook)).toEqual({ delivered: 2, discarded: 50 }),
    );
  });

  it('gets its test at once', async () => {
    const webhook = await customer.webhook(receiver.url, { rateLimit: 1 });
    await customer.completesTimes(webhook, 20);
    await receiver.waitFor(1);
    const before = performance.now();
    const { status } = await customer.api.post(`/v1/webhooks/${webhook.id}/test`);
    expect(status).toBe(200);
    expect(performance.now() - before).toBeLessThan(3000);
  });
});
