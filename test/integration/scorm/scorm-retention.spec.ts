import { History } from '@schoolbell/persistence';
import { describe, expect } from 'vitest';
import { eventually } from '../../support/index.js';
import { commitFrom, commitOf, launchOf, scormTest, type ScormFixtures } from './scorm-fixtures.js';

const DONE = { completion: 'completed', success: 'passed' };
const RETENTION_DAYS = 30;

/** Prunes as the dispatcher would do it after this many days. */
function pruneIn(fixtures: ScormFixtures, days: number) {
  const then = new Date(Date.now() + days * 86_400_000);
  return new History(fixtures.db, RETENTION_DAYS).prune(then);
}

describe('the state of an attempt', () => {
  scormTest('goes with its launches, so long after the last commit', async ({ fixtures }) => {
    const tenantId = await fixtures.newTenant();
    const launch = launchOf(tenantId);
    await fixtures.intake.open(launch);
    expect(await pruneIn(fixtures, 29)).toMatchObject({ scormAttempts: 0, failed: [] });
    expect(await pruneIn(fixtures, 31)).toMatchObject({ scormAttempts: 1, failed: [] });
    const { tokenHash } = launch.access;
    expect(await fixtures.intake.originOf(tokenHash)).toBeUndefined();
    expect(await fixtures.take(commitFrom({ kind: 'token', tokenHash }, DONE))).toEqual([
      { kind: 'unknown_launch' },
    ]);
  });

  scormTest('stays when a commit comes while it is pruned', async ({ fixtures }) => {
    const tenantId = await fixtures.newTenant();
    await fixtures.take(commitOf(tenantId, { location: 'p1' }));
    const client = await fixtures.db.intakePool.connect();
    await client.query('BEGIN');
    await client.query('SELECT FROM scorm_attempts FOR NO KEY UPDATE');
    const { scormAttempts } = await pruneIn(fixtures, 31);
    await client.query('COMMIT');
    client.release();
    expect(scormAttempts).toBe(0);
    expect((await fixtures.stateOf(tenantId)).launches).toBe(1);
  });

  scormTest('that is pruned while its commits wait is made anew', async ({ fixtures }) => {
    const tenantId = await fixtures.newTenant();
    await fixtures.take(commitOf(tenantId, { location: 'p1' }));
    const client = await fixtures.db.intakePool.connect();
    await client.query('BEGIN');
    await client.query('DELETE FROM scorm_attempts WHERE tenant_id = $1', [tenantId]);
    const taking = fixtures.take(commitOf(tenantId, { location: 'p2' }));
    await eventually(async () => {
      const waiting = await fixtures.sql(
        `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%scorm%'`,
      );
      expect(waiting).toHaveLength(1);
    });
    await client.query('COMMIT');
    client.release();
    expect(await taking).toMatchObject([{ kind: 'taken' }]);
    expect((await fixtures.stateOf(tenantId)).scos['']).toMatchObject({ location: 'p2' });
  });
});

describe('a completion', () => {
  scormTest(
    'is remembered for 400 days: a late replay emits nothing twice',
    async ({ fixtures }) => {
      const tenantId = await fixtures.newTenant();
      const first = commitOf(tenantId, { location: 'p1' }, { launchKey: 'L1' });
      const last = commitOf(tenantId, DONE, { launchKey: 'L2' });
      await fixtures.take(first, last);
      const before = await fixtures.typesOf(tenantId);
      expect(before).toEqual(['launched', 'progress', 'launched', 'progress', 'completed']);
      for (const _time of ['once', 'and once more']) {
        expect(await pruneIn(fixtures, 31)).toMatchObject({ scormCompletions: 0 });
        expect((await fixtures.stateOf(tenantId)).launches).toBe(0);
        const left = await fixtures.typesOf(tenantId);
        await fixtures.take(last, first);
        expect(await fixtures.typesOf(tenantId)).toEqual(left);
      }
      await pruneIn(fixtures, 31);
      expect(await pruneIn(fixtures, 401)).toMatchObject({ scormCompletions: 1 });
      await fixtures.take(last);
      expect((await fixtures.typesOf(tenantId)).slice(-3)).toEqual([
        'launched',
        'progress',
        'completed',
      ]);
    },
  );

  scormTest(
    'of an attempt that goes on in a new launch is not emitted again',
    async ({ fixtures }) => {
      const tenantId = await fixtures.newTenant();
      await fixtures.take(commitOf(tenantId, DONE, { launchKey: 'L1' }));
      await pruneIn(fixtures, 31);
      const count = (await fixtures.typesOf(tenantId)).length;
      await fixtures.take(commitOf(tenantId, { ...DONE, scaled: 1 }, { launchKey: 'L9' }));
      expect((await fixtures.typesOf(tenantId)).slice(count)).toEqual([
        'launched',
        'progress',
        'scored',
      ]);
    },
  );

  scormTest(
    'of a registration keeps no launch of another session out, whatever that is called',
    async ({ fixtures }) => {
      const tenantId = await fixtures.newTenant();
      const of = (sessionId: string) => ({ registrationId: 'reg_1', sessionId, launchKey: '1' });
      await fixtures.take(commitOf(tenantId, DONE, of('a')));
      await pruneIn(fixtures, 31);
      const count = (await fixtures.typesOf(tenantId)).length;
      await fixtures.take(commitOf(tenantId, DONE, of('b')), commitOf(tenantId, DONE, of('a')));
      expect((await fixtures.typesOf(tenantId)).slice(count)).toEqual(['launched', 'progress']);
    },
  );
});
