import {
  UNSENDABLE_MESSAGES,
  type AttemptRecord,
  type Claim,
  type DeliveryStore,
  type OperationStep,
  type RecordReport,
} from '@schoolbell/delivery';
import type { Tally } from '@schoolbell/metrics';
import { uuidV7 } from '@schoolbell/ids';
import type { ClaimedMail, MailStore } from '@schoolbell/notices';
import { describe, expect, it } from 'vitest';
import { aClaim } from '../testing/a-claim.js';
import { DispatcherCounts } from './dispatcher-counts.js';

const NOTHING: RecordReport = {
  paused: [],
  lost: [],
  setAside: [],
  operationalEvents: false,
  fallbacksBegun: [],
};

/** Counts of what a store answers that the test says. */
function counting(answers: { claim?: Partial<Claim>; report?: Partial<RecordReport> }) {
  const claim = { deliveries: [], withMore: [], paced: [], operationalEvents: false };
  const store: Partial<DeliveryStore> = {
    claim: async () => ({ ...claim, ...answers.claim }),
    record: async () => ({ ...NOTHING, ...answers.report }),
    release: async () => undefined,
    discard: async () => undefined,
  };
  const counts = new DispatcherCounts();
  const measured = counts.measured(store as DeliveryStore, 'deliveries');
  return { counts, measured };
}

function attemptAt(claimed = aClaim(), changes: Partial<AttemptRecord> = {}): AttemptRecord {
  return {
    claimed,
    attemptId: uuidV7(),
    verdict: { kind: 'delivered' },
    at: new Date(),
    url: 'https://receiver.example/',
    format: 'allureconnect',
    requestHeaders: {},
    renderedWith: null,
    response: { status: 200, headers: {}, body: '', truncated: false },
    error: null,
    timings: { dnsMs: 1, connectMs: 2, tlsMs: 3, firstByteMs: 4, totalMs: 5 },
    ...changes,
  };
}

const shown = (tally: Tally): Record<string, number> =>
  Object.fromEntries(
    tally
      .readings()
      .filter(({ value }) => value > 0)
      .map(({ labels, value }) => [Object.values(labels).join(' '), value]),
  );

const CLAIM = { slots: [], limit: 1, leaseSeconds: 55 };

describe('what a dispatcher counts', () => {
  it('a delivery that is taken over is an attempt that was cut off', async () => {
    const { counts, measured } = counting({
      claim: { deliveries: [aClaim({ takenOver: true }), aClaim()] },
    });
    await measured.claim(CLAIM);
    expect(shown(counts.attempts.takenOver)).toEqual({ '': 1 });
    expect(shown(counts.attempts.attempts)).toEqual({
      'deliveries interrupted none interrupted true': 1,
    });
  });

  it('deliveries that died before they could be sent are dead letters', async () => {
    const { counts, measured } = counting({ claim: { buried: { unsendable: 2, interrupted: 1 } } });
    await measured.claim(CLAIM);
    expect(shown(counts.attempts.deadLetters)).toEqual({ unsendable: 2, interrupted: 1 });
    expect(Object.keys(UNSENDABLE_MESSAGES)).toEqual(['unsendable', 'interrupted']);
  });

  it('an attempt counts once it is written, not while it has to wait, nor when another has it', async () => {
    const [written, locked, lost] = [attemptAt(), attemptAt(), attemptAt()];
    const report = { setAside: [locked.claimed.id], lost: [lost.claimed.id] };
    const { counts, measured } = counting({ report });
    await measured.record([written, locked, lost]);
    expect(shown(counts.attempts.attempts)).toEqual({ 'deliveries delivered 2xx none false': 1 });
    expect(shown(counts.attempts.leasesLost)).toEqual({ '': 1 });
  });

  it('a failure on our side says so, and a test is no dead letter', async () => {
    const error = { code: 'dns', message: 'No name server answered.', ours: true } as const;
    const dead = { kind: 'dead', webhookGone: false, error } as const;
    const failed = { verdict: dead, error, response: null };
    const { counts, measured } = counting({});
    await measured.record([attemptAt(aClaim(), failed), attemptAt(aClaim({ test: true }), failed)]);
    expect(shown(counts.attempts.attempts)).toEqual({ 'deliveries failed none dns true': 2 });
    expect(shown(counts.attempts.deadLetters)).toEqual({ dns: 1 });
  });

  it('the first byte is that of the first attempt: from acceptance to the end of connecting', async () => {
    const claimed = aClaim();
    const { acceptedAt } = claimed.event;
    const at = new Date(acceptedAt.getTime() + 100);
    const { counts, measured } = counting({});
    await measured.record([
      attemptAt(claimed, { at }),
      attemptAt({ ...claimed, attemptNumber: 2 }),
    ]);
    expect(counts.attempts.firstByte.sum).toBeCloseTo(0.106);
    expect(counts.attempts.firstByte.counts.filter((count) => count > 0)).toEqual([1]);
  });

  it('pauses, discards, and attempts that a stop has cut off', async () => {
    const report = { paused: [{ webhookId: 'w', reason: 'gone' as const }] };
    const { counts, measured } = counting({ report });
    await measured.record([]);
    await measured.discard([{ claimed: aClaim(), reason: 'filtered' }]);
    await measured.release([
      { claimed: aClaim(), sent: true },
      { claimed: aClaim(), sent: false },
    ]);
    expect(shown(counts.attempts.paused)).toEqual({ gone: 1 });
    expect(shown(counts.attempts.discarded)).toEqual({ filtered: 1 });
    expect(shown(counts.attempts.attempts)).toEqual({
      'deliveries interrupted none interrupted true': 1,
    });
  });

  it('a statement that fails counts as one, and its failure is that of the caller', async () => {
    const counts = new DispatcherCounts();
    const away = async () => Promise.reject(new Error('away'));
    const store = { claim: away, record: away } as unknown as DeliveryStore;
    const measured = counts.measured(store, 'batches');
    await expect(measured.claim(CLAIM)).rejects.toThrow('away');
    await expect(measured.record([])).rejects.toThrow('away');
    expect(shown(counts.pipelines.batches.failures)).toEqual({
      'batches claim': 1,
      'batches record': 1,
    });
  });

  it('what a sweep found tells apart whether it could have been claimed', () => {
    const counts = new DispatcherCounts();
    counts.found('deliveries', ['a', 'b', 'c'], (id) => id === 'b');
    expect(shown(counts.swept)).toEqual({ 'deliveries free': 1, 'deliveries taken': 2 });
  });
});

describe('what it does besides', () => {
  it('counts wakes by the way they came, and passes them on', async () => {
    const counts = new DispatcherCounts();
    const woken: string[] = [];
    const listener = { onWake: async (ids: readonly string[]) => void woken.push(...ids) };
    await counts.countingWakes(listener, 'signal').onWake(['a', 'b']);
    await counts.countingWakes(listener, 'job').onWake(['c']);
    expect(woken).toEqual(['a', 'b', 'c']);
    expect(shown(counts.wakesReceived)).toEqual({ signal: 2, job: 1 });
  });

  it('counts operations when they end, and e-mails once they are recorded', async () => {
    const counts = new DispatcherCounts();
    const steps = [{ status: 'running' }, { status: 'completed' }, undefined].map(
      (step) => step && { kind: 'replay', ...step },
    ) as (OperationStep | undefined)[];
    const queue = counts.countingOperations({ next: async () => steps.shift() });
    for (let step = await queue.next(); step; step = await queue.next());
    expect(shown(counts.operations)).toEqual({ 'replay completed': 1 });

    const mails = { record: async () => undefined } as unknown as MailStore;
    const counting = counts.countingMails(mails);
    await counting.record({} as ClaimedMail, { kind: 'sent' });
    await counting.record({} as ClaimedMail, { kind: 'failed', error: 'refused' });
    expect(shown(counts.mails)).toEqual({ sent: 1, failed: 1 });
  });
});
