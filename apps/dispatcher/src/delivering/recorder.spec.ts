import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AttemptRecord, RecordReport } from '@schoolbell/delivery';
import { describe, expect, it } from 'vitest';
import { Outage } from './outage.js';
import { Recorder } from './recorder.js';
import { aClaim } from './testing/a-claim.js';
import { silentLogger } from './testing/silent-logger.js';

class AwayError extends Error {}

function anAttempt(): AttemptRecord {
  const nothing = { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null, totalMs: 1 };
  return {
    claimed: aClaim(),
    attemptId: 'a',
    verdict: { kind: 'delivered' },
    at: new Date(),
    url: 'https://example.org/',
    format: 'allureconnect',
    requestHeaders: {},
    response: null,
    error: null,
    timings: nothing,
  };
}

function build(record: (attempts: readonly AttemptRecord[]) => void) {
  const statements: number[] = [];
  const recorded: AttemptRecord[] = [];
  const refused: AttemptRecord[] = [];
  const store = {
    record: async (attempts: readonly AttemptRecord[]): Promise<RecordReport> => {
      statements.push(attempts.length);
      await nextTurn();
      record(attempts);
      return { paused: [], lost: [], setAside: [], operationalEvents: false, fallbacksBegun: [] };
    },
  };
  const recorder = new Recorder(store, new Outage('recording', silentLogger), silentLogger, {
    isUnavailable: (error) => error instanceof AwayError,
    onRecorded: (attempts) => recorded.push(...attempts),
    onRefused: (attempt) => refused.push(attempt),
  });
  return { recorder, statements, recorded, refused };
}

describe('recording', () => {
  it('writes attempts that end together in one statement, in the order in which they ended', async () => {
    const { recorder, statements, recorded } = build(() => undefined);
    const attempts = Array.from({ length: 20 }, anAttempt);
    for (const attempt of attempts) recorder.add(attempt);
    await expect.poll(() => recorded).toEqual(attempts);
    expect(statements).toEqual([20]);
  });

  it('goes on with what ended meanwhile', async () => {
    const { recorder, recorded } = build(() => undefined);
    for (let i = 0; i < 30; i++) {
      recorder.add(anAttempt());
      await nextTurn();
    }
    await expect.poll(() => recorded.length).toBe(30);
  });

  it('keeps attempts while Postgres is away', async () => {
    let away = 3;
    const { recorder, recorded, refused } = build(() => {
      if (away-- > 0) throw new AwayError();
    });
    recorder.add(anAttempt());
    recorder.add(anAttempt());
    expect(recorder.catchingUp).toBeUndefined();
    await expect.poll(() => recorder.catchingUp !== undefined).toBe(true);
    await recorder.catchingUp;
    expect(recorded).toHaveLength(2);
    expect(recorder.catchingUp).toBeUndefined();
    expect(refused).toEqual([]);
  });

  it('sorts out the one that Postgres refuses, and records the others', async () => {
    const attempts = Array.from({ length: 7 }, anAttempt);
    const poison = attempts[4]!;
    const { recorder, recorded, refused } = build((batch) => {
      if (batch.includes(poison)) throw new Error('invalid byte sequence');
    });
    for (const attempt of attempts) recorder.add(attempt);
    await expect.poll(() => refused, { timeout: 10_000 }).toEqual([poison]);
    await expect.poll(() => recorded.length).toBe(6);
  });
});
