import type { Verdict } from '@schoolbell/delivery';
import { WebhookRepository } from '@schoolbell/persistence';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AN_AUTHOR } from '../support/index.js';
import {
  attemptOf,
  DELIVERED,
  DeliveryFixtures,
  FAILED,
  GONE,
  type NewWebhook,
} from './delivery-fixtures.js';

const failures = (count: number) => Array.from({ length: count }, () => FAILED);

describe('pausing a webhook that keeps failing', () => {
  let fixtures: DeliveryFixtures;
  beforeAll(async () => {
    fixtures = await DeliveryFixtures.open();
  });
  afterAll(() => fixtures.close());

  /** Deliveries of one webhook, all attempted at once, with these verdicts. */
  const attemptAll = async (verdicts: Verdict[], webhook: NewWebhook & { test?: boolean } = {}) => {
    const id = await fixtures.addWebhook(webhook);
    await fixtures.addDeliveries(id, { count: verdicts.length, test: webhook.test });
    const claimed = await fixtures.claim(id);
    const attempts = claimed.map((delivery, index) => attemptOf(delivery, verdicts[index]!));
    const report = await fixtures.store.record(attempts);
    return { id, report, webhook: await fixtures.webhook(id) };
  };

  it('pauses it at the fifth failure in a row, and says why', async () => {
    const { id, report, webhook } = await attemptAll(failures(5));
    expect(report.paused).toEqual([{ webhookId: id, reason: 'consecutive_failures' }]);
    expect(webhook).toMatchObject({
      status: 'paused',
      pause_reason: 'consecutive_failures',
      pause_last_error: 'No answer within 10 s.',
      consecutive_failures: 5,
      version: 1,
    });
    expect(webhook.paused_at).toBeInstanceOf(Date);
  });

  it('counts over batches and deliveries', async () => {
    const { webhook } = await attemptAll(failures(4));
    expect(webhook).toMatchObject({ status: 'active', consecutive_failures: 4 });
    const next = await attemptAll(failures(1), { consecutiveFailures: 4 });
    expect(next.webhook).toMatchObject({ status: 'paused', consecutive_failures: 5 });
  });

  it('begins anew after any success', async () => {
    const { webhook } = await attemptAll([FAILED, DELIVERED, ...failures(4)], {
      consecutiveFailures: 3,
    });
    expect(webhook).toMatchObject({ status: 'active', consecutive_failures: 4 });
    const healthy = await attemptAll([DELIVERED], { consecutiveFailures: 4 });
    expect(healthy.webhook).toMatchObject({ status: 'active', consecutive_failures: 0 });
  });

  it('pauses though a success came in right after the fifth failure', async () => {
    const { webhook } = await attemptAll([FAILED, FAILED, DELIVERED], { consecutiveFailures: 3 });
    expect(webhook).toMatchObject({ status: 'paused', consecutive_failures: 0 });
    const between = await attemptAll([DELIVERED, ...failures(5), DELIVERED]);
    expect(between.webhook).toMatchObject({ status: 'paused', consecutive_failures: 0 });
  });

  it('pauses at once when the receiver answers 410 Gone', async () => {
    const { id, report, webhook } = await attemptAll([GONE, FAILED]);
    expect(report.paused).toEqual([{ webhookId: id, reason: 'gone' }]);
    expect(webhook).toMatchObject({ status: 'paused', pause_reason: 'gone' });
    const never = await attemptAll([GONE], { autoPauseAfter: 0 });
    expect(never.webhook).toMatchObject({ status: 'paused', pause_reason: 'gone' });
  });

  it('never pauses when the webhook says 0, and pauses when it says 2', async () => {
    const never = await attemptAll(failures(20), { autoPauseAfter: 0 });
    expect(never.webhook).toMatchObject({ status: 'active', consecutive_failures: 20 });
    const two = await attemptAll(failures(2), { autoPauseAfter: 2 });
    expect(two.webhook).toMatchObject({ status: 'paused' });
  });

  it.each([
    ['a damaged event', 'damaged_event', { kind: 'dead', webhookGone: false }],
    ['our name servers', 'dns', { kind: 'rescheduled', delaySeconds: 30 }],
    ['our network', 'network', { kind: 'rescheduled', delaySeconds: 30 }],
  ] as const)(
    'does not count a failure on our side, such as %s, neither as a failure nor as a success',
    async (_what, code, outcome) => {
      const ours: Verdict = { ...outcome, error: { code, message: 'On our side.', ours: true } };
      const many = await attemptAll(Array.from({ length: 9 }, () => ours));
      expect(many.report.paused).toEqual([]);
      expect(many.webhook).toMatchObject({ status: 'active', consecutive_failures: 0 });
      const between = await attemptAll([FAILED, ours, ...failures(3), ours]);
      expect(between.webhook).toMatchObject({ status: 'active', consecutive_failures: 4 });
      const fifth = await attemptAll([ours, FAILED], { consecutiveFailures: 4 });
      expect(fifth.webhook).toMatchObject({ status: 'paused', consecutive_failures: 5 });
    },
  );

  it('does not count tests, neither their failures nor their successes', async () => {
    const failed = await attemptAll(failures(4), { test: true, consecutiveFailures: 4 });
    expect(failed.webhook).toMatchObject({ status: 'active', consecutive_failures: 4 });
    const worked = await attemptAll([DELIVERED], { test: true, consecutiveFailures: 4 });
    expect(worked.webhook).toMatchObject({ consecutive_failures: 4 });
  });

  it('leaves a pause made by hand as it is', async () => {
    const id = await fixtures.addWebhook();
    await fixtures.addDeliveries(id, { count: 6 });
    const claimed = await fixtures.claim(id);
    await fixtures.sql(
      `UPDATE webhooks SET status = 'paused', pause_reason = 'manual' WHERE id = $1`,
      [id],
    );
    const report = await fixtures.store.record(claimed.map((one) => attemptOf(one, FAILED)));
    expect(report.paused).toEqual([]);
    expect(await fixtures.webhook(id)).toMatchObject({ pause_reason: 'manual' });
  });

  it('does not pause a webhook again for attempts from before it was resumed', async () => {
    const id = await fixtures.addWebhook();
    await fixtures.addDeliveries(id, { count: 15 });
    const [before, after] = [await fixtures.claim(id, 10), await fixtures.claim(id)];
    await fixtures.store.record(before.slice(0, 5).map((one) => attemptOf(one, FAILED)));
    const webhooks = new WebhookRepository(fixtures.db);
    const paused = (await webhooks.find(fixtures.tenantId, id))!;
    expect(await webhooks.resume(AN_AUTHOR, paused, 'send', 'active')).toMatchObject({
      status: 'active',
    });
    const late = await fixtures.store.record(
      [...before.slice(5), ...after].map((one) => attemptOf(one, FAILED)),
    );
    expect(late.paused).toEqual([]);
    expect(await fixtures.webhook(id)).toMatchObject({
      status: 'active',
      consecutive_failures: 0,
    });
    await fixtures.sql('UPDATE due_deliveries SET due_at = now()');
    const retried = await fixtures.claim(id);
    const again = await fixtures.store.record(retried.map((one) => attemptOf(one, FAILED)));
    expect(again.paused).toHaveLength(1);
  });

  it('pauses once when a hundred attempts fail in the same instant', async () => {
    const ids = [await fixtures.addWebhook(), await fixtures.addWebhook()];
    for (const id of ids) await fixtures.addDeliveries(id, { count: 100 });
    const claimed = (await Promise.all(ids.map((id) => fixtures.claim(id)))).flat();
    const reports = await Promise.all(
      claimed.map((one) => fixtures.record([attemptOf(one, FAILED)])),
    );
    const paused = reports.flatMap((report) => report.paused.map(({ webhookId }) => webhookId));
    expect(paused.toSorted()).toEqual(ids.toSorted());
    for (const id of ids) {
      expect(await fixtures.webhook(id)).toMatchObject({
        status: 'paused',
        consecutive_failures: 100,
      });
    }
  });

  it('lets dispatchers record for the same webhooks at once, each in its own order', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, () => fixtures.addWebhook()));
    for (const id of ids) await fixtures.addDeliveries(id, { count: 20 });
    const perWebhook = await Promise.all(ids.map((id) => fixtures.claim(id)));
    const batches = Array.from({ length: 20 }, (_, n) => {
      const batch = perWebhook.map((claims) => attemptOf(claims[n]!, FAILED));
      return n % 2 === 0 ? batch : batch.toReversed();
    });
    const reports = await Promise.all(batches.map((batch) => fixtures.record(batch)));
    const paused = reports.flatMap((report) => report.paused.map(({ webhookId }) => webhookId));
    expect(paused.toSorted()).toEqual(ids.toSorted());
    for (const id of ids) {
      expect(await fixtures.webhook(id)).toMatchObject({ consecutive_failures: 20 });
    }
  });
});
