import { uuidV7 } from '@schoolbell/delivery';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  attemptOf,
  DELIVERED,
  DeliveryFixtures,
  EXHAUSTED,
  FAILED,
  GONE,
  TIMED_OUT,
} from './delivery-fixtures.js';

describe('recording attempts', () => {
  let fixtures: DeliveryFixtures;
  beforeAll(async () => {
    fixtures = await DeliveryFixtures.open();
  });
  afterAll(() => fixtures.close());

  const claimOne = async (test = false) => {
    const webhookId = await fixtures.addWebhook();
    const [id] = await fixtures.addDeliveries(webhookId, { test });
    const [claimed] = await fixtures.claim(webhookId);
    return { webhookId, id: id!, claimed: claimed! };
  };

  it('keeps everything about a successful attempt, and nothing is due any more', async () => {
    const { id, claimed } = await claimOne();
    const at = new Date('2026-03-04T05:06:07.089Z');
    const attempt = attemptOf(claimed, DELIVERED, { at });
    expect(await fixtures.store.record([attempt])).toEqual({
      paused: [],
      lost: [],
      setAside: [],
      operationalEvents: false,
      fallbacksBegun: [],
    });
    expect(await fixtures.due(id)).toBeUndefined();
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
    expect(await fixtures.attempts(id)).toMatchObject([
      {
        id: attempt.attemptId,
        number: 1,
        trigger: 'scheduled',
        outcome: 'delivered',
        at,
        url: attempt.url,
        format: 'allureconnect',
        request_headers: '{"content-type":"application/json"}',
        response_status: 200,
        response_headers: '{"server":"x"}',
        response_body: 'ok',
        response_truncated: false,
        error_code: null,
        dns_ms: null,
        connect_ms: 1,
        total_ms: 4,
      },
    ]);
  });

  it('schedules the next attempt by the clock of the database, and counts on in the cycle', async () => {
    const { id, claimed, webhookId } = await claimOne();
    await fixtures.store.record([attemptOf(claimed, FAILED, { at: new Date(0) })]);
    const due = await fixtures.due(id);
    expect(due).toMatchObject({ attempt_count: 1, cycle_failures: 1, lease_id: null });
    const [{ seconds }] = await fixtures.sql(
      'SELECT extract(epoch FROM due_at - now())::float8 AS seconds FROM due_deliveries WHERE delivery_id = $1',
      [id],
    );
    expect(seconds).toBeGreaterThan(25);
    expect(seconds).toBeLessThanOrEqual(30.001);
    expect(await fixtures.delivery(id)).toMatchObject({
      status: 'waiting',
      next_attempt_at: due.due_at,
      last_error_code: 'timeout',
    });
    await fixtures.sql('UPDATE due_deliveries SET due_at = now() WHERE delivery_id = $1', [id]);
    expect(await fixtures.claim(webhookId)).toMatchObject([{ attemptNumber: 2, cycleFailures: 1 }]);
  });

  it('turns a manual retry into scheduled ones once it failed', async () => {
    const { id, claimed } = await claimOne();
    await fixtures.sql(`UPDATE due_deliveries SET trigger = 'manual' WHERE delivery_id = $1`, [id]);
    await fixtures.store.record([attemptOf({ ...claimed, trigger: 'manual' }, FAILED)]);
    expect(await fixtures.attempts(id)).toMatchObject([{ trigger: 'manual' }]);
    expect(await fixtures.due(id)).toMatchObject({ trigger: 'scheduled' });
  });

  it('makes a dead letter of an exhausted delivery, but not of a failed test', async () => {
    const real = await claimOne();
    const test = await claimOne(true);
    await fixtures.store.record([
      attemptOf(real.claimed, EXHAUSTED),
      attemptOf(test.claimed, EXHAUSTED, { response: null }),
    ]);
    const dead = await fixtures.delivery(real.id);
    expect(dead).toMatchObject({ status: 'dead', next_attempt_at: null });
    expect(dead.dead_at).toBeInstanceOf(Date);
    expect(await fixtures.due(real.id)).toBeUndefined();
    expect(await fixtures.delivery(test.id)).toMatchObject({ status: 'dead', dead_at: null });
    expect(await fixtures.attempts(test.id)).toMatchObject([
      { outcome: 'failed', trigger: 'test', response_body: null, error_code: 'timeout' },
    ]);
  });

  it.each([
    ['nothing', '', ''],
    ['NUL', 'a\u0000b', 'a\uFFFDb'],
    ['half a character', 'a\uD800b', 'a\uFFFDb'],
    ['the separators of our own columns', '\u0015|\u001e', '\uFFFD|\uFFFD'],
    ['quotes, braces and backslashes', '{"a":"\\"}', '{"a":"\\"}'],
    ['smileys', '🔔', '🔔'],
  ])('stores a response body of %s', async (_what, body, stored) => {
    const { id, claimed } = await claimOne();
    const response = { status: 200, headers: { 'x-odd': body }, body, truncated: true };
    await fixtures.store.record([attemptOf(claimed, DELIVERED, { response })]);
    const [attempt] = await fixtures.attempts(id);
    expect(attempt).toMatchObject({ response_body: stored, response_truncated: true });
    expect(JSON.parse(attempt.response_headers)).toEqual({ 'x-odd': body });
  });

  it('records the others when one attempt of a batch cannot be stored as it is', async () => {
    const webhookId = await fixtures.addWebhook();
    const ids = await fixtures.addDeliveries(webhookId, { count: 5 });
    const claimed = await fixtures.claim(webhookId);
    const attempts = claimed.map((delivery) => attemptOf(delivery, DELIVERED));
    attempts[2]!.timings.totalMs = 2 ** 40;
    expect(await fixtures.store.record(attempts)).toEqual({
      paused: [],
      lost: [],
      setAside: [],
      operationalEvents: false,
      fallbacksBegun: [],
    });
    for (const id of ids) {
      expect(await fixtures.delivery(id)).toMatchObject({ status: 'delivered' });
      expect(await fixtures.attempts(id)).toHaveLength(1);
    }
  });

  it.each([
    ['attempts', 'number < 0'],
    ['deliveries', `attempt_count = 0`],
    ['due_deliveries', 'attempt_count = 0'],
    ['webhooks', 'consecutive_failures = 0'],
  ])(
    'commits state, attempt, next due time and count of failures as one: nothing when %s refuse',
    async (table, allowed) => {
      const { id, webhookId, claimed } = await claimOne();
      const before = [await fixtures.delivery(id), await fixtures.due(id)];
      await fixtures.sql(`ALTER TABLE ${table} ADD CONSTRAINT broken CHECK (${allowed}) NOT VALID`);
      const refused = fixtures.store.record([attemptOf(claimed, FAILED)]);
      await expect(refused).rejects.toThrow('broken');
      expect([await fixtures.delivery(id), await fixtures.due(id)]).toEqual(before);
      expect(await fixtures.attempts(id)).toEqual([]);
      expect(await fixtures.webhook(webhookId)).toMatchObject({ consecutive_failures: 0 });
      await fixtures.sql(`ALTER TABLE ${table} DROP CONSTRAINT broken`);
      await fixtures.store.record([attemptOf(claimed, FAILED)]);
      expect(await fixtures.attempts(id)).toHaveLength(1);
    },
  );

  it('can be repeated when its answer was lost on the way, and writes nothing twice', async () => {
    const { id, claimed } = await claimOne();
    const attempt = attemptOf(claimed, FAILED);
    await fixtures.store.record([attempt]);
    expect(await fixtures.store.record([attempt])).toEqual({
      paused: [],
      lost: [id],
      setAside: [],
      operationalEvents: false,
      fallbacksBegun: [],
    });
    expect(await fixtures.attempts(id)).toHaveLength(1);
    expect(await fixtures.due(id)).toMatchObject({ cycle_failures: 1 });
  });

  it('keeps an attempt whose webhook was deleted meanwhile; the delivery stays discarded', async () => {
    const { id, claimed } = await claimOne();
    const other = await claimOne();
    await fixtures.sql('DELETE FROM due_deliveries WHERE delivery_id = $1', [id]);
    await fixtures.sql(`UPDATE deliveries SET status = 'discarded' WHERE id = $1`, [id]);
    const attempts = [attemptOf(claimed, FAILED), attemptOf(other.claimed, DELIVERED)];
    expect(await fixtures.store.record(attempts)).toEqual({
      paused: [],
      lost: [],
      setAside: [],
      operationalEvents: false,
      fallbacksBegun: [],
    });
    expect(await fixtures.delivery(id)).toMatchObject({
      status: 'discarded',
      attempt_count: 1,
      last_error_code: 'timeout',
    });
    expect(await fixtures.attempts(id)).toHaveLength(1);
    expect(await fixtures.due(id)).toBeUndefined();
    expect(await fixtures.store.record(attempts)).toMatchObject({ lost: [id, other.id] });
    expect(await fixtures.attempts(id)).toHaveLength(1);
  });
});

describe('recording an attempt whose webhook was deleted while the delivery waits to be discarded', () => {
  let fixtures: DeliveryFixtures;
  beforeAll(async () => {
    fixtures = await DeliveryFixtures.open();
  });
  afterAll(() => fixtures.close());

  it('pauses nothing and tells nobody, and a last failure makes no dead letter', async () => {
    const webhookId = await fixtures.addWebhook({
      autoPauseAfter: 1,
      fallbackUrl: 'https://fallback.example.com/',
    });
    await fixtures.addWebhook({ eventTypes: ['webhook.paused', 'delivery.dead'] });
    await fixtures.addDeliveries(webhookId, { count: 4 });
    const claimed = await fixtures.claim(webhookId);
    await fixtures.sql('UPDATE webhooks SET deleted_at = now() WHERE id = $1', [webhookId]);
    const verdicts = [FAILED, EXHAUSTED, GONE, DELIVERED];
    const attempts = claimed.map((one, index) => attemptOf(one, verdicts[index]!));
    expect(await fixtures.store.record(attempts)).toEqual({
      paused: [],
      lost: [],
      setAside: [],
      operationalEvents: false,
      fallbacksBegun: [],
    });
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

describe('leases', () => {
  let fixtures: DeliveryFixtures;
  beforeAll(async () => {
    fixtures = await DeliveryFixtures.open();
  });
  afterAll(() => fixtures.close());

  it('let another dispatcher take over, and show the attempt that was cut off', async () => {
    const webhookId = await fixtures.addWebhook();
    const [id] = await fixtures.addDeliveries(webhookId);
    const [first] = await fixtures.claim(webhookId);
    expect(await fixtures.claim(webhookId)).toEqual([]);
    const { leased_at: leasedAt } = await fixtures.due(id!);
    await fixtures.endLeases();
    const [second] = await fixtures.claim(webhookId);
    expect(second).toMatchObject({ id, attemptNumber: 2, cycleFailures: 0 });
    expect(second!.leaseId).not.toBe(first!.leaseId);
    expect(await fixtures.attempts(id!)).toMatchObject([
      {
        number: 1,
        outcome: 'interrupted',
        at: leasedAt,
        error_code: 'interrupted',
        url: 'https://lms.example.com/hook',
      },
    ]);
    expect(await fixtures.delivery(id!)).toMatchObject({
      status: 'waiting',
      attempt_count: 1,
      last_error_code: 'interrupted',
      last_attempt_at: leasedAt,
    });
    await fixtures.store.record([attemptOf(second!, DELIVERED)]);
    expect(await fixtures.attempts(id!)).toMatchObject([{ number: 1 }, { number: 2 }]);
    expect(await fixtures.delivery(id!)).toMatchObject({ status: 'delivered', attempt_count: 2 });
  });

  it('keep a dispatcher that comes back late from writing over its successor', async () => {
    const webhookId = await fixtures.addWebhook({ consecutiveFailures: 2 });
    const [id] = await fixtures.addDeliveries(webhookId);
    const [late] = await fixtures.claim(webhookId);
    await fixtures.endLeases();
    const [current] = await fixtures.claim(webhookId);
    const before = [await fixtures.due(id!), await fixtures.delivery(id!)];
    expect(await fixtures.store.record([attemptOf(late!, FAILED)])).toEqual({
      paused: [],
      lost: [id],
      setAside: [],
      operationalEvents: false,
      fallbacksBegun: [],
    });
    expect([await fixtures.due(id!), await fixtures.delivery(id!)]).toEqual(before);
    expect(await fixtures.webhook(webhookId)).toMatchObject({ consecutive_failures: 2 });
    await fixtures.store.record([attemptOf(current!, DELIVERED)]);
    expect(await fixtures.delivery(id!)).toMatchObject({ status: 'delivered' });
  });

  it('end early when a dispatcher gives back what it has not sent, as if nothing had been', async () => {
    const webhookId = await fixtures.addWebhook();
    const [id] = await fixtures.addDeliveries(webhookId);
    const [claimed] = await fixtures.claim(webhookId);
    await fixtures.store.release([{ claimed: claimed!, sent: false }]);
    expect(await fixtures.attempts(id!)).toEqual([]);
    expect(await fixtures.claim(webhookId)).toMatchObject([{ id, attemptNumber: 1 }]);
  });

  it('end early with an interrupted attempt when the request was on its way', async () => {
    const webhookId = await fixtures.addWebhook();
    const [id] = await fixtures.addDeliveries(webhookId);
    const [claimed] = await fixtures.claim(webhookId);
    await fixtures.store.release([{ claimed: claimed!, sent: true }]);
    expect(await fixtures.attempts(id!)).toMatchObject([{ number: 1, outcome: 'interrupted' }]);
    expect(await fixtures.delivery(id!)).toMatchObject({ attempt_count: 1, status: 'waiting' });
    expect(await fixtures.claim(webhookId)).toMatchObject([
      { id, attemptNumber: 2, cycleFailures: 0 },
    ]);
  });

  it('that were taken over cannot be given back by the first', async () => {
    const webhookId = await fixtures.addWebhook();
    const [id] = await fixtures.addDeliveries(webhookId);
    const [late] = await fixtures.claim(webhookId);
    await fixtures.endLeases();
    const [current] = await fixtures.claim(webhookId);
    await fixtures.store.release([{ claimed: late!, sent: true }]);
    expect(await fixtures.due(id!)).toMatchObject({ lease_id: current!.leaseId });
    expect(await fixtures.attempts(id!)).toHaveLength(1);
  });
});

describe('the settings that sending needs', () => {
  let fixtures: DeliveryFixtures;
  beforeAll(async () => {
    fixtures = await DeliveryFixtures.open();
  });
  afterAll(() => fixtures.close());

  it('come with their secrets in the clear, and one damaged webhook does not spoil the others', async () => {
    const whole = await fixtures.addWebhook();
    const damaged = await fixtures.addWebhook();
    const deleted = await fixtures.addWebhook();
    await fixtures.sql(`UPDATE webhooks SET secret = 'v1:00000000:AAAA' WHERE id = $1`, [damaged]);
    await fixtures.sql('UPDATE webhooks SET deleted_at = now() WHERE id = $1', [deleted]);
    const found = await fixtures.store.webhooksForSending([whole, damaged, deleted, uuidV7()]);
    expect(found.readable).toMatchObject([
      {
        id: whole,
        version: 1,
        url: 'https://lms.example.com/hook',
        authentication: { type: 'signature' },
        headers: {},
        secrets: { current: 'whsec_secret' },
        retrySchedule: [30, 120],
      },
    ]);
    expect(found.unreadable).toMatchObject([{ id: damaged, error: { code: 'unsendable' } }]);
    expect(found.unreadable[0]!.error.message).not.toBe(TIMED_OUT.message);
  });
});
