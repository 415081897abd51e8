import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { AttemptRecord, ClaimedDelivery, RecordReport } from '@schoolbell/delivery';
import { uuidV7 } from '@schoolbell/ids';
import { describe, expect, it } from 'vitest';
import { Outage } from '../outages/outage.js';
import { Recorder } from './recorder.js';
import { aClaim } from '../testing/a-claim.js';
import type { StoreFault } from '../outages/store-fault.js';
import { silentLogger } from '../testing/silent-logger.js';

class AwayError extends Error {}
class TimeoutError extends Error {}
class RowError extends Error {}

function faultOf(error: unknown): StoreFault {
  if (error instanceof AwayError) return 'outage';
  if (error instanceof TimeoutError) return 'too_much';
  return error instanceof RowError ? 'row' : 'bug';
}

function anAttempt(): AttemptRecord {
  const nothing = { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null, totalMs: 1 };
  return {
    claimed: aClaim(),
    attemptId: uuidV7(),
    verdict: { kind: 'delivered' },
    at: new Date(),
    url: 'https://example.org/',
    format: 'allureconnect',
    requestHeaders: {},
    renderedWith: null,
    response: null,
    error: null,
    timings: nothing,
  };
}

function build(
  record: (attempts: readonly AttemptRecord[]) => void,
  isLocked: (attempt: AttemptRecord) => boolean = () => false,
  gatherMs = { few: 8, many: 8 },
) {
  const statements: number[] = [];
  const recorded: AttemptRecord[] = [];
  const refused: AttemptRecord[] = [];
  const setAside: AttemptRecord[] = [];
  const extended: ClaimedDelivery[] = [];
  const store = {
    record: async (attempts: readonly AttemptRecord[]): Promise<RecordReport> => {
      statements.push(attempts.length);
      await nextTurn();
      record(attempts);
      const setAside = attempts.filter(isLocked).map(({ claimed }) => claimed.id);
      return { paused: [], lost: [], setAside, operationalEvents: false, fallbacksBegun: [] };
    },
    extendLeases: async (claims: readonly ClaimedDelivery[]): Promise<void> => {
      extended.push(...claims);
    },
  };
  const followUp = {
    recorded: (attempts: readonly AttemptRecord[]) => void recorded.push(...attempts),
    setAside: (attempt: AttemptRecord) => void setAside.push(attempt),
    refused: (attempt: AttemptRecord) => void refused.push(attempt),
  };
  const outage = new Outage('recording', silentLogger);
  const recorder = new Recorder(
    { store, followUp, outage, logger: silentLogger },
    { faultOf, leaseSeconds: 60, gatherMs },
  );
  return { recorder, statements, recorded, refused, setAside, extended };
}

describe('recording', () => {
  it('writes attempts that end together in one statement, in the order in which they ended', async () => {
    const { recorder, statements, recorded } = build(() => undefined);
    const attempts = Array.from({ length: 20 }, anAttempt);
    for (const attempt of attempts) recorder.add(attempt);
    await expect.poll(() => recorded).toEqual(attempts);
    expect(statements).toEqual([20]);
  });

  it.for([
    ['many', () => Array.from({ length: 32 }, anAttempt)],
    ['a test', () => [{ ...anAttempt(), claimed: aClaim({ test: true }) }]],
    ['one of an ordered session', () => [{ ...anAttempt(), claimed: aClaim({ ordered: true }) }]],
    ['one sent again by hand', () => [{ ...anAttempt(), claimed: aClaim({ trigger: 'manual' }) }]],
  ] as const)(
    'keeps a few that nobody waits for, and writes them with %s',
    async ([_what, more]) => {
      const gatherMs = { few: 60_000, many: 1 };
      const { recorder, statements, recorded } = build(() => undefined, undefined, gatherMs);
      recorder.add(anAttempt());
      await sleep(20);
      expect(statements).toEqual([]);
      const others = more();
      for (const attempt of others) recorder.add(attempt);
      await expect.poll(() => recorded.length).toBe(1 + others.length);
      expect(statements).toEqual([1 + others.length]);
    },
  );

  it('writes few in one statement where templates made large bodies', async () => {
    const { recorder, statements, recorded } = build(() => undefined);
    const renderedWith = 'x'.repeat(1024 * 1024);
    for (let i = 0; i < 10; i++) recorder.add({ ...anAttempt(), renderedWith });
    await expect.poll(() => recorded.length).toBe(10);
    expect(statements).toEqual([4, 4, 2]);
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

  it('repeats a batch whole while Postgres is away, however often, each attempt under its id', async () => {
    let away = 4;
    const attempts = Array.from({ length: 8 }, anAttempt);
    const tries: (readonly AttemptRecord[])[] = [];
    const { recorder, recorded, refused } = build((batch) => {
      tries.push(batch);
      if (away-- > 0) throw new AwayError();
    });
    for (const attempt of attempts) recorder.add(attempt);
    await expect.poll(() => recorded.length, { timeout: 10_000 }).toBe(8);
    // By their ids the store knows what an earlier try has written.
    expect(tries).toEqual(Array(5).fill(attempts));
    expect(refused).toEqual([]);
  });

  it.each([
    ['that Postgres refuses for its values', new RowError()],
    ['for which our own code throws', new TypeError('x is undefined')],
  ])('sorts out the one %s, and records the others', async (_what, error) => {
    const attempts = Array.from({ length: 7 }, anAttempt);
    const poison = attempts[4]!;
    const { recorder, recorded, refused } = build((batch) => {
      if (batch.includes(poison)) throw error;
    });
    for (const attempt of attempts) recorder.add(attempt);
    await expect.poll(() => refused, { timeout: 10_000 }).toEqual([poison]);
    await expect.poll(() => recorded.length).toBe(6);
  });

  it('halves a batch that takes too long, keeps trying what holds it up, and goes on with the others meanwhile', async () => {
    const attempts = Array.from({ length: 8 }, anAttempt);
    const locked = attempts[5]!;
    let isLocked = true;
    const { recorder, statements, recorded, refused, setAside, extended } = build((batch) => {
      if (isLocked && batch.includes(locked)) throw new TimeoutError();
    });
    for (const attempt of attempts) recorder.add(attempt);
    await expect.poll(() => recorded.length).toBe(7);
    expect(setAside).toEqual([locked]);
    expect(recorder.catchingUp).toBeUndefined();
    const later = anAttempt();
    recorder.add(later);
    await expect.poll(() => recorded).toContain(later);
    // Nobody may take over what has arrived.
    await expect.poll(() => extended).toContain(locked.claimed);

    isLocked = false;
    await expect.poll(() => recorded, { timeout: 10_000 }).toContain(locked);
    expect(statements.slice(0, 6)).toEqual([8, 4, 4, 2, 1, 1]);
    expect(refused).toEqual([]);
  });

  it('records soon again what is locked for a moment, and sets it aside when it is locked for longer', async () => {
    const attempts = Array.from({ length: 4 }, anAttempt);
    const [moment, longer] = [attempts[1]!, attempts[2]!];
    const locked = new Set([moment, longer]);
    const { recorder, recorded, setAside, extended } = build(
      () => undefined,
      (attempt) => locked.has(attempt),
    );
    for (const attempt of attempts) recorder.add(attempt);
    await expect.poll(() => recorded).toEqual([attempts[0], attempts[3]]);
    locked.delete(moment);
    await expect.poll(() => recorded).toContain(moment);
    await expect.poll(() => setAside, { timeout: 5000 }).toEqual([longer]);
    await expect.poll(() => extended).toContain(longer.claimed);

    locked.clear();
    await expect.poll(() => recorded, { timeout: 5000 }).toContain(longer);
    expect(recorded).toHaveLength(4);
  });
});
