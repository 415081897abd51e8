import { NEW_ATTEMPT, openLaunch, takeCommit, DEFAULT_SCORM_RULES } from '@schoolbell/scorm';
import type { IncomingCommit } from '@schoolbell/delivery';
import { describe, expect } from 'vitest';
import { seedWebhooks } from '../../support/index.js';
import { commitOf, launchOf, scormTest } from './scorm-fixtures.js';

/** The same numbers in each run. */
function randomBelow(): (limit: number) => number {
  let seed = 42;
  return (limit) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * limit);
  };
}

/** What commits in this order make of an attempt with one launch. */
function reduced(commits: readonly IncomingCommit[]) {
  const place = { launch: 1, scoId: '', rules: DEFAULT_SCORM_RULES, isOldAttempt: false };
  const opened = openLaunch(NEW_ATTEMPT, ['']).attempt;
  return commits.reduce(
    (attempt, { commit }) => takeCommit(attempt, commit, place).attempt,
    opened,
  );
}

const sessionOf = ({ source }: IncomingCommit) =>
  source.kind === 'server' ? source.session.sessionId : undefined;

describe('two APIs that take commits of the same attempts at once', () => {
  scormTest('count each once, one after the other, and complete once', async ({ fixtures }) => {
    const tenantId = await fixtures.newTenant();
    const sessions = Array.from({ length: 12 }, (_, i) => `s${i}`);
    const random = randomBelow();
    // Each has its own progress, and so an event by which it can be recognised.
    let made = 0;
    const commitAtRandom = (): IncomingCommit => {
      const cmi = {
        completion: random(4) === 0 ? 'completed' : 'incomplete',
        success: ['unknown', 'passed', 'failed'][random(3)]!,
        scaled: random(3) / 2,
        progress: ++made / 10_000,
      };
      return commitOf(tenantId, cmi, { sessionId: sessions[random(sessions.length)]! });
    };
    const flushes = Array.from({ length: 40 }, () => Array.from({ length: 20 }, commitAtRandom));
    const intakes = [fixtures.intake, fixtures.anotherIntake()];
    // As each API does it: one flush after the other.
    await Promise.all(
      intakes.map(async (intake, turn) => {
        for (const flush of flushes.filter((_, i) => i % 2 === turn)) await intake.take(flush);
      }),
    );

    const events = await fixtures.eventsOf(tenantId);
    const byProgress = new Map(flushes.flat().map((one) => [one.commit.progressMeasure, one]));
    for (const sessionId of sessions) {
      const own = events.filter(({ data }) => data.sessionId === sessionId);
      const ofType = (type: string) => own.filter((event) => event.type === `session.${type}`);
      expect([ofType('launched').length, ofType('completed').length]).toEqual([1, 1]);
      const inOrder = ofType('progress').map(({ data }) =>
        byProgress.get(data.progressMeasure as number)!,
      );
      expect(new Set(inOrder)).toEqual(
        new Set(flushes.flat().filter((one) => sessionOf(one) === sessionId)),
      );
      expect(await fixtures.stateOf(tenantId, { sessionId })).toEqual(reduced(inOrder));
    }
  });

  scormTest(
    'and that have it from different attempts first wait for no one forever',
    async ({ fixtures }) => {
      const tenantId = await fixtures.newTenant();
      const intakes = [fixtures.intake, fixtures.anotherIntake()];
      const sessions = Array.from({ length: 40 }, (_, i) => `n${i}`);
      // Unknown attempts, in both orders.
      const orders = [sessions, sessions.toReversed()];
      await Promise.all(
        intakes.map((intake, i) =>
          intake.take(
            orders[i]!.map((sessionId) =>
              commitOf(tenantId, { progress: i / 2 + 0.1 }, { sessionId }),
            ),
          ),
        ),
      );
      const types = await fixtures.typesOf(tenantId);
      expect(types.filter((type) => type === 'launched')).toHaveLength(40);
      expect(types.filter((type) => type === 'progress')).toHaveLength(80);
    },
  );

  scormTest(
    'wait for each other in one order, known attempts and new ones',
    async ({ fixtures }) => {
      const tenantId = await fixtures.newTenant();
      const intakes = [fixtures.intake, fixtures.anotherIntake(), fixtures.anotherIntake()];
      const random = randomBelow();
      const known = Array.from({ length: 10 }, (_, i) => `k${i}`);
      const commit = (sessionId: string) =>
        commitOf(tenantId, { progress: random(1_000) / 1_000 }, { sessionId });
      await fixtures.takeAtOnce(known.map(commit));
      for (let round = 0; round < 40; round++) {
        const unknown = Array.from({ length: 8 }, (_, i) => `u${round}-${i}`);
        const flush = () => [...known, ...unknown].filter(() => random(3) > 0).map(commit);
        await Promise.all(intakes.map((intake) => intake.take(flush())));
      }
      const [{ deadlocks }] = await fixtures.sql(
        'SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()',
      );
      expect(deadlocks).toBe(0);
    },
  );
});

describe('commits whose events very many webhooks want', () => {
  const bounds = { ofOneEvent: 10, ofAll: 100 };

  scormTest(
    'are deferred with those behind them of the same attempt, and hold up no other',
    async ({ fixtures }) => {
      const [wide, narrow] = [await fixtures.newTenant(), await fixtures.newTenant()];
      await seedWebhooks(fixtures.database, wide, 30);
      await seedWebhooks(fixtures.database, narrow, 3);
      const commits = [
        commitOf(narrow, { location: 'p1' }),
        commitOf(wide, { location: 'p1' }),
        commitOf(narrow, { location: 'p2' }),
        commitOf(wide, { location: 'p1' }),
      ];
      const { outcomes, webhookIds } = await fixtures.takeAtOnce(commits, bounds);
      const deferred = { kind: 'deferred', deliveries: 11 };
      expect(outcomes).toEqual([
        { kind: 'taken', deliveries: 6 },
        deferred,
        { kind: 'taken', deliveries: 3 },
        deferred,
      ]);
      expect(webhookIds).toHaveLength(3);
      expect(await fixtures.typesOf(wide)).toEqual([]);
      const heavy = await fixtures.takeAtOnce(
        commits.filter((_, i) => i % 2 === 1),
        { ofOneEvent: null, ofAll: 100 },
      );
      expect(heavy.outcomes).toEqual([
        { kind: 'taken', deliveries: 60 },
        { kind: 'taken', deliveries: 0 },
      ]);
      expect(heavy.webhookIds).toHaveLength(30);
    },
  );

  scormTest('go alone when one makes too many by its events together', async ({ fixtures }) => {
    const wide = await fixtures.newTenant();
    await seedWebhooks(fixtures.database, wide, 30);
    const commits = ['a', 'b'].map((sessionId) =>
      commitOf(wide, { completion: 'completed' }, { sessionId }),
    );
    const { outcomes } = await fixtures.takeAtOnce(commits, { ofOneEvent: null, ofAll: 70 });
    expect(outcomes).toEqual([
      { kind: 'taken', deliveries: 90 },
      { kind: 'deferred', deliveries: 30 },
    ]);
    expect(await fixtures.typesOf(wide)).toEqual(['launched', 'progress', 'completed']);
  });

  scormTest('are launched under the same bound', async ({ fixtures }) => {
    const wide = await fixtures.newTenant();
    await seedWebhooks(fixtures.database, wide, 30);
    const launch = launchOf(wide);
    const { outcomes } = await fixtures.intake.open(launch, bounds);
    expect(outcomes).toEqual([{ kind: 'deferred', deliveries: 11 }]);
    expect(await fixtures.typesOf(wide)).toEqual([]);
    const { webhookIds } = await fixtures.intake.open(launch);
    expect(webhookIds).toHaveLength(30);
  });
});
