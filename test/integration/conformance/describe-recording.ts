import type { AttemptRecord, DeliveryStore, RecordReport } from '@schoolbell/delivery';
import { describe, expect, onTestFinished } from 'vitest';
import { attemptOf, DELIVERED, EXHAUSTED, FAILED } from '../delivery-fixtures.js';
import {
  attemptsOf,
  claimOf,
  claimOne,
  storedOf,
  sweepAndClaim,
  type ConformanceTest,
} from './conformance-test.js';

const NOTHING_FOLLOWS: RecordReport = {
  paused: [],
  lost: [],
  setAside: [],
  operationalEvents: false,
  fallbacksBegun: [],
};

/** A refused statement may hold its locks for a moment longer. */
async function recordUnlocked(store: DeliveryStore, attempt: AttemptRecord): Promise<RecordReport> {
  const report = await store.record([attempt]);
  return report.setAside.length > 0 ? recordUnlocked(store, attempt) : report;
}

export function describeRecording(it: ConformanceTest): void {
  describe('recording', () => {
    it('keeps everything about a successful attempt, and nothing is due any more', async ({
      adapter,
    }) => {
      const { id, webhookId, claimed } = await claimOne(adapter);
      const at = new Date('2026-03-04T05:06:07.089Z');
      const attempt = attemptOf(claimed, DELIVERED, { at });
      expect(await adapter.store.record([attempt])).toEqual(NOTHING_FOLLOWS);
      expect(await adapter.state(id)).toMatchObject({
        status: 'delivered',
        error: null,
        dueIn: null,
      });
      expect(await attemptsOf(adapter, id)).toMatchObject([
        {
          id: attempt.attemptId,
          webhook_id: webhookId,
          number: claimed.attemptNumber,
          trigger: adapter.trigger,
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
          error_message: null,
          dns_ms: null,
          connect_ms: 1,
          tls_ms: 2,
          first_byte_ms: 3,
          total_ms: 4,
        },
      ]);
    });

    it('schedules the next attempt by the clock of the database, and counts on in the cycle', async ({
      adapter,
    }) => {
      const { id, webhookId, claimed } = await claimOne(adapter);
      await adapter.store.record([attemptOf(claimed, FAILED, { at: new Date(0) })]);
      const { dueIn, ...state } = await adapter.state(id);
      expect(state).toEqual({ status: 'waiting', error: 'timeout', leasedAt: null });
      expect(dueIn).toBeGreaterThan(25);
      expect(dueIn).toBeLessThanOrEqual(30.001);
      expect(await sweepAndClaim(adapter.store, webhookId)).toEqual([]);
      await adapter.makeDue(id);
      expect(await claimOf(adapter.store, webhookId)).toMatchObject([
        { id, attemptNumber: claimed.attemptNumber + 1, cycleFailures: 1, takenOver: false },
      ]);
    });

    it('counts an attempt outside the schedule neither for that nor for the pause of its webhook', async ({
      adapter,
    }) => {
      const { id, webhookId, claimed } = await claimOne(adapter);
      await adapter.fixtures.sql('UPDATE webhooks SET auto_pause_after = 1 WHERE id = $1', [
        webhookId,
      ]);
      const { error } = FAILED as Extract<typeof FAILED, { kind: 'rescheduled' }>;
      const ours = { ...FAILED, error: { ...error, ours: true, outsideSchedule: true } } as const;
      expect(await adapter.store.record([attemptOf(claimed, ours)])).toEqual(NOTHING_FOLLOWS);
      await adapter.makeDue(id);
      expect(await claimOf(adapter.store, webhookId)).toMatchObject([
        { id, attemptNumber: claimed.attemptNumber + 1, cycleFailures: 0 },
      ]);
    });

    it('ends a delivery that has used up its retries', async ({ adapter }) => {
      const { id, webhookId, claimed } = await claimOne(adapter);
      await adapter.store.record([attemptOf(claimed, EXHAUSTED, { response: null })]);
      expect(await adapter.state(id)).toMatchObject({
        status: 'dead',
        error: 'timeout',
        dueIn: null,
      });
      expect(await sweepAndClaim(adapter.store, webhookId)).toEqual([]);
      expect(await attemptsOf(adapter, id)).toMatchObject([
        { outcome: 'failed', response_status: null, response_body: null, error_code: 'timeout' },
      ]);
    });

    it('does nothing with nothing', async ({ adapter }) => {
      expect(await adapter.store.record([])).toEqual(NOTHING_FOLLOWS);
      await adapter.store.release([]);
    });

    it.for([
      ['a success', DELIVERED],
      ['a failure', FAILED],
      ['the last failure', EXHAUSTED],
    ] as const)(
      'can be repeated when its answer was lost: %s is written only once, and counts as recorded',
      async ([_what, verdict], { adapter }) => {
        const { id, claimed } = await claimOne(adapter);
        const attempt = attemptOf(claimed, verdict);
        await adapter.store.record([attempt]);
        const { dueIn: _, ...before } = await adapter.state(id);
        expect(await adapter.store.record([attempt])).toEqual(NOTHING_FOLLOWS);
        expect(await adapter.state(id)).toMatchObject(before);
        expect(await attemptsOf(adapter, id)).toHaveLength(1);
      },
    );

    it('tells what an earlier try wrote from what another dispatcher took over', async ({
      adapter,
    }) => {
      const webhookId = await adapter.addWebhook();
      await adapter.addDeliveries(webhookId, { count: 2 });
      const claimed = await claimOf(adapter.store, webhookId);
      const attempts = claimed.map((one) => attemptOf(one, FAILED));
      await adapter.store.record(attempts.slice(0, 1));
      await adapter.endLeases();
      const takenOver = await claimOf(adapter.another(), webhookId);
      expect(takenOver.map(({ id }) => id)).toEqual([claimed[1]!.id]);
      expect(await adapter.store.record(attempts)).toEqual({
        ...NOTHING_FOLLOWS,
        lost: [claimed[1]!.id],
      });
    });

    it('writes an attempt once when it is repeated in the same instant', async ({ adapter }) => {
      const { id, claimed } = await claimOne(adapter);
      const attempt = attemptOf(claimed, DELIVERED);
      const stores = [adapter.store, adapter.another()];
      const reports = await Promise.all(stores.map((store) => store.record([attempt])));
      expect(reports).toEqual([NOTHING_FOLLOWS, NOTHING_FOLLOWS]);
      expect(await attemptsOf(adapter, id)).toHaveLength(1);
    });

    it('waits for nobody who has locked the row of the webhook', async ({ adapter }) => {
      const { id, webhookId, claimed } = await claimOne(adapter);
      const attempt = attemptOf(claimed, FAILED);
      const somebody = await adapter.fixtures.db.intakePool.connect();
      onTestFinished(() => somebody.release());
      await somebody.query('BEGIN');
      await somebody.query('UPDATE webhooks SET updated_at = now() WHERE id = $1', [webhookId]);
      const { lost, setAside } = await adapter.store.record([attempt]);
      await somebody.query('ROLLBACK');
      expect(lost).toEqual([]);
      expect(await attemptsOf(adapter, id)).toHaveLength(setAside.includes(id) ? 0 : 1);
      if (setAside.length > 0) await adapter.store.record([attempt]);
      expect(await attemptsOf(adapter, id)).toHaveLength(1);
    });

    it('commits state, attempt and next due time as one: nothing when any table refuses', async ({
      adapter,
    }) => {
      const { id, webhookId, claimed } = await claimOne(adapter);
      const before = await storedOf(adapter, { id, webhookId });
      for (const [table, condition] of Object.entries(adapter.changes)) {
        const restore = () =>
          adapter.fixtures.sql(`ALTER TABLE ${table} DROP CONSTRAINT IF EXISTS broken`);
        onTestFinished(async () => void (await restore()));
        await adapter.fixtures.sql(
          `ALTER TABLE ${table} ADD CONSTRAINT broken CHECK (${condition}) NOT VALID`,
        );
        const refused = recordUnlocked(adapter.store, attemptOf(claimed, FAILED));
        await expect(refused, table).rejects.toThrow('broken');
        expect(await storedOf(adapter, { id, webhookId }), table).toEqual(before);
        await restore();
      }
      expect(await recordUnlocked(adapter.store, attemptOf(claimed, FAILED))).toEqual(
        NOTHING_FOLLOWS,
      );
      expect(await attemptsOf(adapter, id)).toHaveLength(1);
    });

    it('keeps the attempt when the webhook was deleted meanwhile, and no other follows', async ({
      adapter,
    }) => {
      const { id, webhookId, claimed } = await claimOne(adapter);
      await adapter.fixtures.deleteWebhook(webhookId);
      expect(await adapter.store.record([attemptOf(claimed, FAILED)])).toEqual(NOTHING_FOLLOWS);
      expect(await attemptsOf(adapter, id)).toMatchObject([{ outcome: 'failed' }]);
      await adapter.makeDue(id);
      expect(await sweepAndClaim(adapter.store, webhookId)).toEqual([]);
      expect(await adapter.state(id)).toMatchObject({ status: 'discarded', dueIn: null });
    });
  });

  describe('what a receiver said', () => {
    it.for([
      ['nothing', '', ''],
      ['NUL', 'a\u0000b', 'a\uFFFDb'],
      ['half a character', 'a\uD800b', 'a\uFFFDb'],
      ['the separators of our own columns', '\u0015|\u001e', '\uFFFD|\uFFFD'],
      ['quotes, braces and backslashes', '{"a":"\\"}', '{"a":"\\"}'],
      ['smileys', '🔔', '🔔'],
    ] as const)('is stored when it is %s', async ([_what, body, stored], { adapter }) => {
      const { id, claimed } = await claimOne(adapter);
      const response = { status: 200, headers: { 'x-odd': body }, body, truncated: true };
      await adapter.store.record([attemptOf(claimed, DELIVERED, { response })]);
      const [attempt] = await attemptsOf(adapter, id);
      expect(attempt).toMatchObject({ response_body: stored, response_truncated: true });
      expect(JSON.parse(attempt.response_headers)).toEqual({ 'x-odd': body });
    });

    it('is left out of an attempt that cannot be stored with it, and the others are stored whole', async ({
      adapter,
    }) => {
      const webhookId = await adapter.addWebhook();
      await adapter.addDeliveries(webhookId, { count: 5 });
      const claimed = await claimOf(adapter.store, webhookId);
      const attempts: AttemptRecord[] = claimed.map((delivery) => attemptOf(delivery, DELIVERED));
      attempts[2]!.timings.totalMs = 2 ** 40;
      expect(await adapter.store.record(attempts)).toEqual(NOTHING_FOLLOWS);
      for (const [index, { id }] of claimed.entries()) {
        expect(await adapter.state(id)).toMatchObject({ status: 'delivered', dueIn: null });
        expect(await attemptsOf(adapter, id)).toMatchObject([
          { outcome: 'delivered', response_body: index === 2 ? null : 'ok' },
        ]);
      }
    });
  });
}
