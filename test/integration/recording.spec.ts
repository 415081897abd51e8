import type { ClaimedDelivery } from '@schoolbell/delivery';
import { describe, expect } from 'vitest';
import {
  attemptOf,
  DELIVERED,
  deliveryTest as it,
  EXHAUSTED,
  FAILED,
  GONE,
  type DeliveryFixtures,
} from './delivery-fixtures.js';

// conformance/ has what any store promises.

const NOTHING_FOLLOWS = {
  paused: [],
  lost: [],
  setAside: [],
  operationalEvents: false,
  fallbacksBegun: [],
};

async function claimOne(
  fixtures: DeliveryFixtures,
  { test = false } = {},
): Promise<{ webhookId: string; id: string; claimed: ClaimedDelivery }> {
  const webhookId = await fixtures.addWebhook();
  const [id] = await fixtures.addDeliveries(webhookId, { test });
  const [claimed] = await fixtures.claim(webhookId);
  return { webhookId, id: id!, claimed: claimed! };
}

describe('a delivery shows its latest attempt', () => {
  it('when it was delivered', async ({ fixtures }) => {
    const { id, claimed } = await claimOne(fixtures);
    const at = new Date('2026-03-04T05:06:07.089Z');
    await fixtures.store.record([attemptOf(claimed, DELIVERED, { at })]);
    expect(await fixtures.delivery(id)).toMatchObject({
      status: 'delivered',
      attempt_count: 1,
      next_attempt_at: null,
      last_attempt_at: at,
      last_response_status: 200,
      last_error_code: null,
      last_duration_ms: 4,
      dead_at: null,
    });
  });

  it('and when the next one is due, when it failed', async ({ fixtures }) => {
    const { id, claimed } = await claimOne(fixtures);
    await fixtures.store.record([attemptOf(claimed, FAILED)]);
    const { due_at: dueAt } = await fixtures.due(id);
    expect(await fixtures.delivery(id)).toMatchObject({
      status: 'waiting',
      attempt_count: 1,
      next_attempt_at: dueAt,
      last_error_code: 'timeout',
    });
  });

  it.for([
    [
      'another dispatcher took over',
      async (fixtures: DeliveryFixtures, { webhookId }: ClaimedDelivery) => {
        await fixtures.endLeases();
        await fixtures.sweep();
        expect(await fixtures.claim(webhookId)).toHaveLength(1);
      },
    ],
    [
      'the dispatcher gave it back on its way',
      (fixtures: DeliveryFixtures, claimed: ClaimedDelivery) =>
        fixtures.store.release([{ claimed, sent: true }]),
    ],
  ] as const)('when it was cut off: %s', async ([_how, cutOff], { fixtures }) => {
    const { id, claimed } = await claimOne(fixtures);
    const { leased_at: leasedAt } = await fixtures.due(id);
    await cutOff(fixtures, claimed);
    expect(await fixtures.delivery(id)).toMatchObject({
      status: 'waiting',
      attempt_count: 1,
      last_attempt_at: leasedAt,
      last_error_code: 'interrupted',
    });
  });
});

describe('recording attempts', () => {
  it('turns a manual retry into scheduled ones once it failed', async ({ fixtures }) => {
    const { id, claimed } = await claimOne(fixtures);
    await fixtures.sql(`UPDATE due_deliveries SET trigger = 'manual' WHERE delivery_id = $1`, [id]);
    await fixtures.store.record([attemptOf({ ...claimed, trigger: 'manual' }, FAILED)]);
    expect(await fixtures.attempts(id)).toMatchObject([{ trigger: 'manual' }]);
    expect(await fixtures.due(id)).toMatchObject({ trigger: 'scheduled' });
  });

  it('makes a dead letter of an exhausted delivery, but not of a failed test', async ({
    fixtures,
  }) => {
    const real = await claimOne(fixtures);
    const test = await claimOne(fixtures, { test: true });
    await fixtures.store.record([
      attemptOf(real.claimed, EXHAUSTED),
      attemptOf(test.claimed, EXHAUSTED),
    ]);
    const dead = await fixtures.delivery(real.id);
    expect(dead).toMatchObject({ status: 'dead', next_attempt_at: null });
    expect(dead.dead_at).toBeInstanceOf(Date);
    expect(await fixtures.delivery(test.id)).toMatchObject({ status: 'dead', dead_at: null });
    expect(await fixtures.attempts(test.id)).toMatchObject([
      { outcome: 'failed', trigger: 'test', error_code: 'timeout' },
    ]);
  });
});

describe('recording an attempt whose webhook was deleted meanwhile', () => {
  it('keeps the attempt; a delivery that was discarded stays so', async ({ fixtures }) => {
    const { id, claimed } = await claimOne(fixtures);
    const other = await claimOne(fixtures);
    await fixtures.sql('DELETE FROM due_deliveries WHERE delivery_id = $1', [id]);
    await fixtures.sql(`UPDATE deliveries SET status = 'discarded' WHERE id = $1`, [id]);
    const attempts = [attemptOf(claimed, FAILED), attemptOf(other.claimed, DELIVERED)];
    expect(await fixtures.store.record(attempts)).toEqual(NOTHING_FOLLOWS);
    expect(await fixtures.delivery(id)).toMatchObject({
      status: 'discarded',
      attempt_count: 1,
      last_error_code: 'timeout',
    });
    expect(await fixtures.attempts(id)).toHaveLength(1);
    expect(await fixtures.due(id)).toBeUndefined();
    expect(await fixtures.store.record(attempts)).toEqual(NOTHING_FOLLOWS);
    expect(await fixtures.attempts(id)).toHaveLength(1);
  });

  it('pauses nothing and tells nobody, and a last failure makes no dead letter', async ({
    fixtures,
  }) => {
    const webhookId = await fixtures.addWebhook({
      autoPauseAfter: 1,
      fallbackUrl: 'https://fallback.example.com/',
    });
    await fixtures.addWebhook({ eventTypes: ['webhook.paused', 'delivery.dead'] });
    await fixtures.addDeliveries(webhookId, { count: 4 });
    const claimed = await fixtures.claim(webhookId);
    await fixtures.deleteWebhook(webhookId);
    const verdicts = [FAILED, EXHAUSTED, GONE, DELIVERED];
    const attempts = claimed.map((one, index) => attemptOf(one, verdicts[index]!));
    expect(await fixtures.store.record(attempts)).toEqual(NOTHING_FOLLOWS);
    const deliveries = await Promise.all(claimed.map(({ id }) => fixtures.delivery(id)));
    expect(deliveries).toMatchObject([
      { status: 'waiting', dead_at: null },
      { status: 'discarded', dead_at: null },
      { status: 'discarded', dead_at: null },
      { status: 'delivered' },
    ]);
    for (const { id } of claimed) expect(await fixtures.attempts(id)).toHaveLength(1);
    expect(await fixtures.webhook(webhookId)).toMatchObject({ status: 'active' });
    expect(await fixtures.sql('SELECT FROM mails')).toEqual([]);
  });
});
