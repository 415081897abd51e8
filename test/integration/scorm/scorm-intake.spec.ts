import { createHash, randomBytes } from 'node:crypto';
import type { CommitSource } from '@schoolbell/delivery';
import { ScormSessionRepository } from '@schoolbell/persistence';
import { knownAttempt, readCommit } from '@schoolbell/scorm';
import { describe, expect } from 'vitest';
import { seedWebhooks } from '../../support/index.js';
import { commitFrom, commitOf, launchOf, scormTest, SESSION } from './scorm-fixtures.js';

const TAKEN = { kind: 'taken', deliveries: 0 };
const DONE = { completion: 'completed', success: 'passed' };

const byToken = (tokenHash: Buffer): CommitSource => ({ kind: 'token', tokenHash });

describe('a launch in the learner’s browser', () => {
  scormTest(
    'is announced once, and its token lets pages of its origin commit',
    async ({ fixtures }) => {
      const tenantId = await fixtures.newTenant();
      const launch = launchOf(tenantId, { scoId: 'sco_1', learner: { email: 'j@acme.example' } });
      const { outcomes } = await fixtures.intake.open(launch);
      const expiresAt = expect.any(Date);
      expect(outcomes).toEqual([
        { kind: 'launched', launchId: launch.id, duplicate: false, expiresAt },
      ]);
      const { tokenHash } = launch.access;
      expect(await fixtures.intake.originOf(tokenHash)).toEqual({
        tenantId,
        origin: 'https://lms.example',
      });
      expect(await fixtures.take(commitFrom(byToken(tokenHash), DONE))).toEqual([TAKEN]);

      const ids = { ...SESSION, attempt: 1, scoId: 'sco_1' };
      const learner = { email: 'j@acme.example' };
      const progress = { completionStatus: 'completed', successStatus: 'passed' };
      expect(await fixtures.eventsOf(tenantId)).toEqual([
        { type: 'session.launched', data: { ...ids, learner } },
        { type: 'session.progress', data: { ...ids, ...progress, learner } },
        { type: 'session.completed', data: { ...ids, ...progress, learner } },
      ]);
    },
  );

  scormTest('without an origin is known, and lets no other page commit', async ({ fixtures }) => {
    const tokenHash = randomBytes(32);
    const access = { tokenHash };
    await fixtures.intake.open(launchOf(await fixtures.newTenant(), {}, { access }));
    expect(await fixtures.intake.originOf(tokenHash)).toMatchObject({ origin: null });
    expect(await fixtures.intake.originOf(randomBytes(32))).toBeUndefined();
  });

  scormTest('ends with its token: 24 hours after the last commit', async ({ fixtures }) => {
    const launch = launchOf(await fixtures.newTenant());
    await fixtures.intake.open(launch);
    const commit = commitFrom(byToken(launch.access.tokenHash), { location: 'p1' });
    const age = (hours: number) =>
      fixtures.sql(
        `UPDATE scorm_launches SET expires_at = expires_at - $2 * interval '1 hour',
           last_commit_at = last_commit_at - $2 * interval '1 hour' WHERE id = $1`,
        [launch.id, hours],
      );
    for (const _day of [1, 2, 3]) {
      await age(23);
      expect(await fixtures.take(commit)).toEqual([TAKEN]);
    }
    await age(24);
    expect(await fixtures.take(commit)).toEqual([{ kind: 'unknown_launch' }]);
    expect(await fixtures.intake.originOf(launch.access.tokenHash)).toBeUndefined();
  });

  scormTest(
    'that is repeated with its idempotency key is the first one, with the new token',
    async ({ fixtures }) => {
      const tenantId = await fixtures.newTenant();
      const idempotency = { key: 'k', bodyHash: createHash('sha256').update('a').digest() };
      const first = launchOf(tenantId, {}, { idempotency });
      const again = launchOf(tenantId, {}, { idempotency });
      await fixtures.intake.open(first);
      const { outcomes, webhookIds } = await fixtures.intake.open(again);
      expect(outcomes).toMatchObject([{ kind: 'launched', launchId: first.id, duplicate: true }]);
      expect(webhookIds).toEqual([]);
      expect(
        await fixtures.take(
          commitFrom(byToken(again.access.tokenHash), DONE),
          commitFrom(byToken(first.access.tokenHash), DONE),
        ),
      ).toEqual([TAKEN, { kind: 'unknown_launch' }]);
      expect(await fixtures.typesOf(tenantId)).toEqual(['launched', 'progress', 'completed']);
      expect((await fixtures.stateOf(tenantId)).launches).toBe(1);

      const other = { key: 'k', bodyHash: createHash('sha256').update('b').digest() };
      const conflict = await fixtures.intake.open(launchOf(tenantId, {}, { idempotency: other }));
      expect(conflict.outcomes).toEqual([{ kind: 'idempotency_conflict' }]);
      expect((await fixtures.stateOf(tenantId)).launches).toBe(1);
    },
  );

  scormTest('of several at once with one idempotency key is one', async ({ fixtures }) => {
    const tenantId = await fixtures.newTenant();
    const idempotency = { key: 'k', bodyHash: randomBytes(32) };
    const launches = Array.from({ length: 8 }, () => launchOf(tenantId, {}, { idempotency }));
    const other = fixtures.anotherIntake();
    const reports = await Promise.all(
      launches.map((launch, i) => (i % 2 ? other : fixtures.intake).open(launch)),
    );
    const ids = reports.map(({ outcomes: [one] }) => one?.kind === 'launched' && one.launchId);
    expect(new Set(ids).size).toBe(1);
    expect(await fixtures.typesOf(tenantId)).toEqual(['launched']);
  });

  scormTest(
    'goes on with what its runtime knows of the attempt: nothing of that is news',
    async ({ fixtures }) => {
      const tenantId = await fixtures.newTenant();
      const state = knownAttempt({ completionStatus: 'completed', scoreScaled: 0.9 }, {});
      const first = launchOf(tenantId, {}, { state });
      await fixtures.intake.open(first);
      const same = { completion: 'completed', scaled: 0.9 };
      await fixtures.take(commitFrom(byToken(first.access.tokenHash), same));
      expect(await fixtures.typesOf(tenantId)).toEqual(['launched']);
      // A known attempt is not overwritten.
      const second = launchOf(tenantId, {}, { state: knownAttempt({ scoreScaled: 0.1 }, {}) });
      await fixtures.intake.open(second);
      await fixtures.take(
        commitFrom(byToken(second.access.tokenHash), { ...same, location: 'p2' }),
      );
      expect(await fixtures.typesOf(tenantId)).toEqual(['launched', 'launched', 'progress']);
    },
  );

  scormTest('of an unknown tenant leaves nothing behind', async ({ fixtures }) => {
    const tenantId = '01900000-0000-7000-8000-000000000000';
    const { outcomes } = await fixtures.intake.open(launchOf(tenantId));
    expect(outcomes).toEqual([{ kind: 'unknown_tenant' }]);
    expect(await fixtures.take(commitOf(tenantId, DONE))).toEqual([{ kind: 'unknown_tenant' }]);
    expect(await fixtures.stateOf(tenantId)).toMatchObject({ launches: 0 });
  });
});

describe('commits of a runtime’s server', () => {
  scormTest('announce each launch once, also one that a browser opened', async ({ fixtures }) => {
    const tenantId = await fixtures.newTenant();
    const opened = launchOf(tenantId);
    await fixtures.intake.open(opened);
    const { launchKey } = opened;
    await fixtures.take(
      commitOf(tenantId, { location: 'p1' }, { launchKey }),
      commitOf(tenantId, { location: 'p2' }, { launchKey: 'L2' }),
      commitOf(tenantId, { location: 'p3' }, { launchKey: 'L2' }),
    );
    expect(await fixtures.typesOf(tenantId)).toEqual([
      'launched',
      'progress',
      'launched',
      'progress',
      'progress',
    ]);
  });

  scormTest(
    'without a launch id are of one launch for each session of a registration',
    async ({ fixtures }) => {
      const tenantId = await fixtures.newTenant();
      const registration = { registrationId: 'reg_1', launchKey: '' };
      await fixtures.take(
        ...['a', 'a', 'b'].map((sessionId) =>
          commitOf(tenantId, { location: 'p1' }, { ...registration, sessionId }),
        ),
      );
      const events = await fixtures.eventsOf(tenantId);
      expect(events.map(({ type, data }) => [type, data.sessionId])).toEqual([
        ['session.launched', 'a'],
        ['session.progress', 'a'],
        ['session.launched', 'b'],
      ]);
    },
  );

  scormTest(
    'say of which SCO they are, and what the first one said of the session holds',
    async ({ fixtures }) => {
      const tenantId = await fixtures.newTenant();
      const scos = ['a', 'b'];
      await fixtures.take(
        commitOf(tenantId, DONE, { scos, scoId: 'a', course: { id: 'C-1' } }),
        commitOf(tenantId, DONE, { scoId: 'b', course: undefined }),
      );
      const events = await fixtures.eventsOf(tenantId);
      expect(events.map(({ type, data }) => [type, data.scoId])).toEqual([
        ['session.launched', 'a'],
        ['session.progress', 'a'],
        ['session.progress', 'b'],
        ['session.completed', undefined],
      ]);
      expect(events.every(({ data }) => (data.course as { id: string }).id === 'C-1')).toBe(true);
    },
  );

  scormTest(
    'of an older attempt change nothing, but for the completion that they prove',
    async ({ fixtures }) => {
      const tenantId = await fixtures.newTenant();
      const NEWEST = Number.MAX_SAFE_INTEGER;
      const of = (attempt: number, cmi: object) => commitOf(tenantId, cmi, { attempt });
      await fixtures.take(of(1, { location: 'p1' }), of(NEWEST, { location: 'p1' }));
      const before = await fixtures.stateOf(tenantId);
      await fixtures.take(of(1, { location: 'p2', scaled: 0.5 }));
      expect(await fixtures.stateOf(tenantId)).toEqual(before);
      await fixtures.take(of(1, DONE), of(1, DONE));
      const events = await fixtures.eventsOf(tenantId);
      expect(events.map(({ type, data }) => [type, data.attempt])).toEqual([
        ['session.launched', 1],
        ['session.progress', 1],
        ['session.launched', NEWEST],
        ['session.progress', NEWEST],
        ['session.completed', 1],
      ]);
    },
  );

  scormTest(
    'of one flush count in its order, also those of attempts that begin in it',
    async ({ fixtures }) => {
      const tenantId = await fixtures.newTenant();
      const of = (attempt: number, location: string) =>
        commitOf(tenantId, { location }, { attempt });
      await fixtures.takeAtOnce([of(1, 'p1'), of(2, 'p1'), of(1, 'p2')]);
      const events = await fixtures.eventsOf(tenantId);
      expect(events.map(({ type, data }) => [type, data.attempt])).toEqual([
        ['session.launched', 1],
        ['session.progress', 1],
        ['session.launched', 2],
        ['session.progress', 2],
      ]);
    },
  );

  scormTest(
    'of tenants with the same ids are apart, each read by its tenant’s rules',
    async ({ fixtures }) => {
      const [strict, lenient] = [await fixtures.newTenant(), await fixtures.newTenant()];
      await fixtures.sql('UPDATE tenants SET scorm_completion_on_failed = true WHERE id = $1', [
        lenient,
      ]);
      const read = readCommit({ cmi: { core: { lesson_status: 'failed' } } });
      const commit = (tenantId: string) => commitOf(tenantId, read.ok ? read.commit : {});
      await fixtures.takeAtOnce([commit(strict), commit(lenient)]);
      expect(await fixtures.typesOf(strict)).toEqual(['launched', 'progress']);
      expect(await fixtures.typesOf(lenient)).toEqual(['launched', 'progress', 'completed']);
    },
  );

  scormTest('happened when their runtime says so, else when they came', async ({ fixtures }) => {
    const tenantId = await fixtures.newTenant();
    const occurredAt = new Date('2026-04-10T14:32:00.000Z');
    const acceptedAt = Date.now() - 5_000;
    await fixtures.take(
      { ...commitOf(tenantId, { location: 'p1' }), occurredAt },
      { ...commitOf(tenantId, { location: 'p2' }), acceptedAt },
    );
    const rows = await fixtures.sql(
      'SELECT occurred_at FROM events WHERE tenant_id = $1 ORDER BY id',
      [tenantId],
    );
    expect(rows.map((row) => row.occurred_at)).toEqual([
      occurredAt,
      occurredAt,
      new Date(acceptedAt),
    ]);
  });
});

describe('a webhook that wants a session’s events in order', () => {
  scormTest(
    'gets those of commits as these came: launched, progress, scored, completed',
    async ({ fixtures }) => {
      const tenantId = await fixtures.newTenant();
      await seedWebhooks(fixtures.database, tenantId, 1);
      await fixtures.sql(`UPDATE webhooks SET ordering = 'session' WHERE tenant_id = $1`, [
        tenantId,
      ]);
      const { webhookIds } = await fixtures.takeAtOnce([
        commitOf(tenantId, { ...DONE, scaled: 0.8 }),
        commitOf(tenantId, { ...DONE, scaled: 0.9 }),
      ]);
      expect(webhookIds).toHaveLength(1);
      const queue = await fixtures.sql(
        `SELECT e.type, d.awaits_turn FROM due_deliveries d JOIN events e ON e.id = d.event_id
       WHERE d.tenant_id = $1 ORDER BY d.ordering_number`,
        [tenantId],
      );
      expect(queue.map(({ type }) => type)).toEqual([
        'session.launched',
        'session.progress',
        'session.scored',
        'session.completed',
        'session.progress',
        'session.scored',
      ]);
      expect(queue.map((row) => row.awaits_turn)).toEqual([false, true, true, true, true, true]);
    },
  );
});

describe('what is stored of commits', () => {
  scormTest('is all or nothing: states, launches, completions and events', async ({ fixtures }) => {
    const tenantId = await fixtures.newTenant();
    await fixtures.take(commitOf(tenantId, { location: 'p1' }));
    const before = await fixtures.stateOf(tenantId);
    await fixtures.sql(
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'no room for this one' USING ERRCODE = '23514'; END $$`,
    );
    await fixtures.sql(
      `CREATE TRIGGER refuse BEFORE INSERT ON events FOR EACH ROW
       WHEN (NEW.session_id = 'poison') EXECUTE FUNCTION refuse()`,
    );
    const poison = commitOf(tenantId, DONE, { sessionId: 'poison' });
    const good = commitOf(tenantId, DONE);
    await expect(fixtures.takeAtOnce([good, poison])).rejects.toThrow('no room for this one');
    expect(await fixtures.stateOf(tenantId)).toEqual(before);
    expect(await fixtures.typesOf(tenantId)).toEqual(['launched', 'progress']);
    const [left] = await fixtures.sql(
      `SELECT (SELECT count(*) FROM scorm_attempts WHERE tenant_id = $1) AS attempts,
         (SELECT count(*) FROM scorm_launches WHERE tenant_id = $1) AS launches,
         (SELECT count(*) FROM scorm_completions WHERE tenant_id = $1) AS completions`,
      [tenantId],
    );
    expect(left).toEqual({ attempts: 1, launches: 1, completions: 0 });
    await expect(fixtures.takeAtOnce([poison])).rejects.toThrow('no room for this one');
    expect(await fixtures.take(good)).toEqual([TAKEN]);
  });

  scormTest(
    'is nothing when one changes nothing, and once a minute that it came',
    async ({ fixtures }) => {
      const tenantId = await fixtures.newTenant();
      const repeated = commitOf(tenantId, { location: 'p1', sequence: 1 });
      const versions = () =>
        fixtures.sql(
          `SELECT a.xmin::text AS attempt, l.xmin::text AS launch, a.last_commit_at
         FROM scorm_attempts a JOIN scorm_launches l ON l.attempt_id = a.id WHERE a.tenant_id = $1`,
          [tenantId],
        );
      await fixtures.take(repeated);
      const [before] = await versions();
      await fixtures.take(repeated, repeated);
      expect(await versions()).toEqual([before]);
      for (const table of ['scorm_attempts', 'scorm_launches']) {
        await fixtures.sql(`UPDATE ${table} SET last_commit_at = now() - interval '61 seconds'`);
      }
      await fixtures.take(repeated);
      const [after] = await versions();
      expect(after.last_commit_at.getTime()).toBeGreaterThan(
        before.last_commit_at.getTime() - 1_000,
      );
      expect(after.launch).toBe(after.attempt);
    },
  );

  scormTest('is updated in its place, however often a learner commits', async ({ fixtures }) => {
    const tenantId = await fixtures.newTenant();
    /** Updates of states and launches, and how many of them wrote no index entry. */
    const updates = async (): Promise<{ all: number; hot: number }> => {
      await fixtures.sql('SELECT pg_stat_force_next_flush()');
      const [row] = await fixtures.sql(
        `SELECT sum(n_tup_upd)::integer AS all, sum(n_tup_hot_upd)::integer AS hot
         FROM pg_stat_user_tables WHERE relname IN ('scorm_attempts', 'scorm_launches')`,
      );
      return row;
    };
    await fixtures.take(commitOf(tenantId, { location: 'p' }));
    const before = await updates();
    for (let i = 0; i < 50; i++) {
      await fixtures.take(commitOf(tenantId, { location: `p${i}`, terminate: true }));
    }
    const after = await updates();
    const all = after.all - before.all;
    expect(all).toBeGreaterThanOrEqual(50);
    // A full page, or a vacuum that keeps old versions, makes one write an index entry now and then.
    expect((after.hot - before.hot) / all).toBeGreaterThan(0.8);
  });
});

describe('what can be read of a session', () => {
  scormTest(
    'is its attempts with their launches, and the events that came of them',
    async ({ fixtures }) => {
      const tenantId = await fixtures.newTenant();
      const sessions = new ScormSessionRepository(fixtures.db);
      const launch = launchOf(tenantId);
      await fixtures.intake.open(launch);
      await fixtures.take(
        commitFrom(byToken(launch.access.tokenHash), { ...DONE, terminate: true }),
        commitOf(tenantId, { location: 'p2' }, { launchKey: 'L2' }),
        commitOf(tenantId, { location: 'p1' }, { attempt: 2, launchKey: 'L3' }),
        commitOf(tenantId, { location: 'p1' }, { sessionId: 'another' }),
      );
      await fixtures.sql(
        `UPDATE scorm_launches SET last_commit_at = now() - interval '31 minutes'
       WHERE tenant_id = $1 AND launch_key = 'L3'`,
        [tenantId],
      );
      const found = await sessions.find(tenantId, SESSION.sessionId);
      expect(found!.attempts.map(({ attempt, completions }) => [attempt, completions])).toEqual([
        [2, []],
        [1, [{ scoId: '', completedAt: expect.any(Date) }]],
      ]);
      const [second, first] = found!.attempts;
      expect(first!.state).toEqual(await fixtures.stateOf(tenantId));
      expect(first!.launches).toMatchObject([
        { launchKey: 'L2', number: 2, closedAt: null, expiresAt: null },
        { id: launch.id, number: 1, session: SESSION, closedAt: expect.any(Date) },
      ]);
      expect(second!.launches).toMatchObject([{ launchKey: 'L3', closedAt: expect.any(Date) }]);
      expect(found!.events.map(({ type }) => type.replace('session.', ''))).toEqual(
        (await fixtures.typesOf(tenantId)).slice(0, -2),
      );
      expect(found!.hasOlderEvents).toBe(false);
      expect(await sessions.find(tenantId, 'unknown')).toBeUndefined();
      expect(await sessions.find(await fixtures.newTenant(), SESSION.sessionId)).toBeUndefined();
    },
  );

  scormTest('are the newest hundred of its events', async ({ fixtures }) => {
    const tenantId = await fixtures.newTenant();
    const commits = Array.from({ length: 120 }, (_, i) =>
      commitOf(tenantId, { location: `p${i}` }),
    );
    await fixtures.takeAtOnce(commits);
    const found = await new ScormSessionRepository(fixtures.db).find(tenantId, SESSION.sessionId);
    const all = await fixtures.sql('SELECT id FROM events WHERE tenant_id = $1 ORDER BY id', [
      tenantId,
    ]);
    expect(found!.events.map(({ id }) => id)).toEqual(all.slice(-100).map(({ id }) => id));
    expect(found!.hasOlderEvents).toBe(true);
  });
});
