import { standardWebhooksSignature } from '@schoolbell/signing';
import { expect } from 'vitest';
import { eventually } from '../support/index.js';
import { deliveryTest as it } from './delivery-fixtures.js';
import { startPipeline } from './start-pipeline.js';

const HOUR_MS = 3_600_000;
const SECRET = 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const DELIVERIES = 30;

/** An hour ahead, an hour behind, right: a different time at each look. */
function jumpingClock(): () => number {
  let looks = 0;
  return () => Date.now() + [HOUR_MS, -HOUR_MS, 0][looks++ % 3]!;
}

it('a dispatcher whose clock jumps by an hour sends all, never early, and signs what it says', async ({
  fixtures,
  receiver,
}) => {
  const webhookId = await fixtures.addWebhook({ autoPauseAfter: 0 });
  await fixtures.sql(
    `UPDATE webhooks SET url = $2, secret = $3, retry_schedule = '{1,1}' WHERE id = $1`,
    [webhookId, receiver.url, fixtures.db.secretBox.encrypt(SECRET)],
  );
  const ids = await fixtures.addDeliveries(webhookId, { count: DELIVERIES });
  receiver.respondWith(({ headers }) => {
    if (headers['x-schoolbell-attempt'] === '3') return 200;
    return { status: 503, headers: { 'retry-after': new Date(Date.now() + 3000).toUTCString() } };
  });

  const pipeline = startPipeline({ store: fixtures.store, now: jumpingClock() });
  await eventually(
    async () => {
      await pipeline.onWake([webhookId]);
      expect(await fixtures.sql('SELECT FROM due_deliveries')).toEqual([]);
    },
    { timeoutMs: 30_000, intervalMs: 50 },
  );

  expect(receiver.requests).toHaveLength(3 * DELIVERIES);
  for (const { headers, rawBody } of receiver.requests) {
    const [id, timestamp] = [headers['webhook-id'] as string, Number(headers['webhook-timestamp'])];
    expect(headers['webhook-signature']).toBe(
      standardWebhooksSignature({ id, timestamp, body: rawBody }, [SECRET]),
    );
    expect(Math.abs(timestamp * 1000 - Date.now())).toBeLessThan(2 * HOUR_MS);
  }
  // The receiver asked for 3 s, less the part of a second that its dates omit.
  const ofEach = Map.groupBy(receiver.requests, ({ headers }) => headers['webhook-id']);
  for (const [first, second, third] of ofEach.values()) {
    expect(second!.at - first!.at).toBeGreaterThanOrEqual(1900);
    expect(third!.at - second!.at).toBeGreaterThanOrEqual(1900);
  }
  for (const id of ids) {
    expect(await fixtures.delivery(id)).toMatchObject({ status: 'delivered', attempt_count: 3 });
    const attempts = await fixtures.attempts(id);
    expect(attempts.map(({ number, outcome }) => `${number} ${outcome}`)).toEqual([
      '1 failed',
      '2 failed',
      '3 delivered',
    ]);
    for (const { total_ms } of attempts) {
      expect(total_ms).toBeGreaterThanOrEqual(0);
      expect(total_ms).toBeLessThan(30_000);
    }
  }
});
