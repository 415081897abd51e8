import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { eventually, World } from '../support/index.js';

const world = new World({ dispatchers: 2 });

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

    await eventually(async () => expect(await inFlight()).toEqual([]));
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

const inFlight = () =>
  world.schoolbell.database.query('SELECT FROM due_deliveries WHERE lease_id IS NOT NULL');
