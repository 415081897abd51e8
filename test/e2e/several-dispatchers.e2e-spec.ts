import { setTimeout as sleep } from 'node:timers/promises';
import type { OperationDocument } from '@schoolbell/api-client';
import { fromTypeId } from '@schoolbell/ids';
import { beforeAll, expect, it } from 'vitest';
import { eventually, type OwnWebhook, SharedWorld } from '../support/index.js';
import { addDeadLetters } from './support/dead-letters.js';
import { addEvents } from './support/add-events.js';
import { moreDispatchers } from './support/more-dispatchers.js';

/** Sending hundreds of deliveries takes seconds on a busy machine. */
const PATIENT = { timeoutMs: 25_000, intervalMs: 100 };

const world = new SharedWorld();
beforeAll(() => moreDispatchers(world.schoolbell, 1));

it('an event that is accepted in the instant of a pause is neither sent nor lost', async () => {
  const { customer, receiver } = world;
  receiver.respondWith({ status: 200, delayMs: 50 });
  const webhook = await customer.webhook(receiver.url);
  const path = `/v1/webhooks/${webhook.id}`;
  const idsReceived = () => receiver.requests.map(({ headers }) => headers['webhook-id']);
  const accepted: string[] = [];
  for (let round = 0; round < 3; round++) {
    const posting = customer.completesTimes(webhook, 80);
    await receiver.waitFor(accepted.length + 10);
    await customer.api.post(`${path}/pause`);
    const whilePaused = await customer.completesTimes(webhook, 5);
    accepted.push(...(await posting), ...whilePaused);

    await eventually(async () => expect(await inFlight(webhook)).toEqual([]));
    const sent = receiver.requests.length;
    expect(await customer.ledger(webhook)).toEqual({
      delivered: sent,
      held: accepted.length - sent,
    });
    await sleep(300);
    expect(receiver.requests).toHaveLength(sent);
    for (const id of whilePaused) expect(idsReceived()).not.toContain(id);

    await customer.api.post(`${path}/resume`);
    await eventually(async () =>
      expect(await customer.ledger(webhook)).toEqual({ delivered: accepted.length }),
    );
  }
  expect(idsReceived().toSorted()).toEqual(accepted.toSorted());
});

it('bulk retries that run at the same time send each delivery once', async () => {
  const { customer, receiver, schoolbell } = world;
  const webhook = await customer.webhook(receiver.url);
  await addDeadLetters(schoolbell.database, webhook.id, 1200);
  const ends = await threeTimes('/v1/dead-letters/retry', { webhookId: webhook.id });
  expect(ends.reduce((sum, { done }) => sum + done, 0)).toBe(1200);
  for (const { status, total, done, failed } of ends) {
    expect([status, failed]).toEqual(['completed', 0]);
    expect(total).toBe(done);
  }
  await eventually(
    async () => expect(await customer.ledger(webhook)).toEqual({ delivered: 1200 }),
    PATIENT,
  );
  expect(receiver.requests).toHaveLength(1200);
});

it('replays with onlyMissing that run at the same time send no event twice', async () => {
  const { customer, receiver, schoolbell } = world;
  const webhook = await customer.webhook(receiver.url);
  const path = `/v1/webhooks/${webhook.id}`;
  await customer.api.post(`${path}/pause`);
  await addEvents(schoolbell, webhook, 1200);
  const [from, to] = [-600_000, 600_000].map((ms) => new Date(Date.now() + ms).toISOString());
  const ends = await threeTimes(`${path}/replay`, { from, to, onlyMissing: true });
  expect(ends.reduce((sum, { done }) => sum + done, 0)).toBe(1200);
  const [row] = await schoolbell.database.query<{ all: number; events: number }>(
    `SELECT count(*)::integer AS all, count(DISTINCT event_id)::integer AS events
     FROM deliveries WHERE webhook_id = $1`,
    [fromTypeId('webhook', webhook.id)],
  );
  expect(row).toEqual({ all: 1200, events: 1200 });
});

const inFlight = ({ id }: OwnWebhook) =>
  world.schoolbell.database.query(
    'SELECT FROM due_deliveries WHERE webhook_id = $1 AND lease_id IS NOT NULL',
    [fromTypeId('webhook', id)],
  );

/** Starts an operation three times at once. @returns the ends of all */
async function threeTimes(path: string, body: object): Promise<OperationDocument[]> {
  const { customer } = world;
  const post = () => customer.api.post(path, body);
  const answers = await Promise.all([post(), post(), post()]);
  expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
  return Promise.all(answers.map((answer) => customer.ended(answer.body.id)));
}
