import type { ClaimedDelivery } from '@schoolbell/delivery';
import { describe, expect, it } from 'vitest';
import { judgedAttempt } from '../judging/judged-attempt.js';
import { sendingBroke } from '../sending/failed-sending.js';
import { prepareAttempt } from './prepare-attempt.js';
import { aClaim } from '../../testing/a-claim.js';
import { aWebhook } from '../../testing/a-webhook.js';

const webhook = aWebhook();
const prepare = (claimed: ClaimedDelivery) =>
  prepareAttempt(claimed, { kind: 'readable', webhook }, { now: 0 });

describe('an attempt', () => {
  it.each([
    ['that retries may follow can use', {}, false],
    ['that a last retry may follow can use', { cycleFailures: 1 }, false],
    ['that is the last of its cycle does not use', { cycleFailures: 2 }, true],
    ['that is a test does not use', { test: true }, true],
  ])('%s a connection that was kept open', (_what, its, newConnection) => {
    const { outgoing } = prepare(aClaim(its));
    expect(outgoing).toMatchObject({ kind: 'request', request: { newConnection } });
  });

  it('of an event that we keep damaged is a failure on our side', () => {
    const damaged = aClaim();
    damaged.event.payload = '{"cut o';
    expect(prepare(damaged).outgoing).toMatchObject({
      kind: 'unsendable',
      error: { code: 'damaged_event', ours: true },
    });
  });

  it.each([
    ['docebo', 'The format docebo cannot carry session.launched. Give the webhook a format that'],
    ['of-another-version', 'There is no format "of-another-version" in this version.'],
  ])('of an event that has no place in the format %s says what to do', (format, message) => {
    const claimed = aClaim({ attemptNumber: 2 });
    claimed.event.type = 'session.launched';
    const known = { kind: 'readable' as const, webhook: { ...webhook, format } };
    expect(prepareAttempt(claimed, known, { now: 0 }).outgoing).toMatchObject({
      kind: 'unsendable',
      error: { code: 'unsendable', message: expect.stringContaining(message) },
    });
  });

  it('during which our own code broke is a failure on our side', () => {
    const end = { attemptId: 'a', now: 0, random: 0 };
    const ended = judgedAttempt(
      {
        prepared: prepare(aClaim()),
        result: sendingBroke(new Error('a bug'), 3),
        reading: 'as_any',
      },
      end,
    );
    expect(ended).toMatchObject({
      verdict: { kind: 'rescheduled', error: { ours: true } },
      error: { code: 'network', ours: true, internal: expect.stringContaining('a bug') },
    });
  });
});
