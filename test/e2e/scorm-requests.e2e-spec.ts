import { beforeAll, describe, expect, it } from 'vitest';
import { toTypeId, uuidV7 } from '@schoolbell/ids';
import { seedWebhooks } from '../support/index.js';
import { COMMIT_BODY_LIMIT } from '../../apps/api/src/scorm/commit-limits.js';
import { pathsOf, PostingFixtures } from './support/posting-fixtures.js';
import {
  cmi12,
  commitOfPage,
  ORIGIN,
  type PageAnswer,
  SCORM_VECTORS,
  ScormRuntime,
  TAKEN,
} from './support/scorm-runtime.js';

const api = new PostingFixtures();
let runtime: ScormRuntime;

beforeAll(() => {
  runtime = new ScormRuntime(api.schoolbell.url, api.tenant.tenantKey);
});

const PASSED = cmi12('passed');

/** What a player's page reads from a refusal, and the code beside it. */
const refusalOf = ({ status, text }: PageAnswer) => {
  const { code, result, errorCode, errorMessage, detail } = JSON.parse(text);
  expect([result, errorCode, errorMessage]).toEqual(['false', 391, detail]);
  return { status, code, detail };
};

describe('opening a launch', () => {
  it('gives where to commit for a day, and tells that the session was launched', async () => {
    const learner = { email: 'jane@acme.example', firstName: 'Jane' };
    const session = runtime.newSession({ attempt: 2, registrationId: 'reg_1', learner });
    const { status, body } = await runtime.api.post('/v1/scorm/launches', session);
    expect(status).toBe(201);
    expect(body).toEqual({
      launchId: expect.stringMatching(/^lch_/),
      commitUrl: expect.stringMatching(
        new RegExp(`^${api.schoolbell.url}/v1/scorm/commits/[\\w-]{43}$`),
      ),
      expiresAt: expect.any(String),
    });
    const hours = (Date.parse(body.expiresAt) - Date.now()) / 3_600_000;
    expect(hours).toBeCloseTo(24, 0);
    expect(await runtime.eventsOf(session.sessionId)).toEqual([
      { type: 'session.launched', data: session },
    ]);
    const { attempts } = await runtime.session(session.sessionId);
    expect(attempts[0].launches[0]).toMatchObject({
      id: body.launchId,
      status: 'open',
      expiresAt: body.expiresAt,
    });
  });

  it('is told once when it is repeated with its key, and each answer has a URL of its own', async () => {
    const session = runtime.newSession({ origin: ORIGIN });
    const key = { 'Idempotency-Key': `key of ${session.sessionId}` };
    const first = await runtime.api.post('/v1/scorm/launches', session, key);
    const again = await runtime.api.post('/v1/scorm/launches', session, key);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body.launchId).toBe(first.body.launchId);
    expect(again.body.commitUrl).not.toBe(first.body.commitUrl);
    expect(await runtime.typesOf(session.sessionId)).toEqual(['launched']);
    expect(await commitOfPage(again.body.commitUrl, { body: PASSED })).toMatchObject(TAKEN);
    expect(refusalOf(await commitOfPage(first.body.commitUrl, { body: PASSED }))).toMatchObject({
      status: 404,
      code: 'launch_not_found',
    });
    const other = { ...session, learnerId: 'another' };
    const conflict = await runtime.api.post('/v1/scorm/launches', other, key);
    expect([conflict.status, conflict.body.code]).toEqual([409, 'idempotency_conflict']);
    const event = { type: 'session.launched', data: runtime.newSession() };
    expect((await api.post(event, key)).status).toBe(202);
  });

  it('counts for the launches of the month, as one does that a server’s commit opens', async () => {
    const own = await api.schoolbell.addTenant();
    const theirs = new ScormRuntime(api.schoolbell.url, own.tenantKey);
    const session = theirs.newSession();
    await theirs.launch(session);
    for (const _time of ['once', 'again']) {
      await theirs.commit(session, PASSED, { launchId: 'of the server' });
    }
    expect((await own.api.get('/v1/usage')).body.launches).toBe(2);
  });

  it('of an attempt that began elsewhere emits nothing of it again', async () => {
    const state = { completionStatus: 'completed', successStatus: 'passed', totalTime: 'PT5M' };
    const session = runtime.newSession({ registrationId: 'reg_known' });
    const url = await runtime.launch({ ...session, state });
    await commitOfPage(url, { body: PASSED });
    expect(await runtime.typesOf(session.sessionId)).toEqual(['launched']);
  });

  it.each<[string, object, string[]]>([
    ['no session', { sessionId: undefined }, ['sessionId']],
    ['an empty id', { packageId: '' }, ['packageId']],
    ['an id that is too long', { learnerId: 'x'.repeat(256) }, ['learnerId']],
    ['attempt 0', { attempt: 0 }, ['attempt']],
    ['an e-mail address that is none', { learner: { email: 'jane' } }, ['learner.email']],
    ['a course title that is none', { course: { title: 7 } }, ['course.title']],
    ['no SCO in its list', { scos: [] }, ['scos']],
    ['a SCO twice', { scos: ['a', 'a'] }, ['scos']],
    ['a SCO that is not of its list', { scoId: 'c', scos: ['a', 'b'] }, ['scoId']],
    ['an origin with a path', { origin: `${ORIGIN}/course` }, ['origin']],
    ['any origin', { origin: '*' }, ['origin']],
    ['the origin null', { origin: 'null' }, ['origin']],
    ['a status of no kind', { state: { completionStatus: 'done' } }, ['state.completionStatus']],
    [
      'scores out of order',
      { state: { scoreRaw: 11, scoreMax: 10, completionStatus: 'incomplete' } },
      ['state.scoreRaw'],
    ],
    ['a field of its own', { launchId: 'x' }, ['launchId']],
  ])('refuses %s with 422 and the field', async (_, fields, paths) => {
    const { status, body } = await runtime.api.post(
      '/v1/scorm/launches',
      runtime.newSession(fields),
    );
    expect([status, body.code]).toEqual([422, 'validation_failed']);
    expect([...new Set(pathsOf(body))]).toEqual(paths);
  });

  it('takes the tenant from key, header or body, as events do', async () => {
    const { platform } = api.schoolbell;
    const open = (more: object, headers = {}) =>
      platform.post('/v1/scorm/launches', runtime.newSession(more), headers);
    const { tenantId } = api.tenant;
    const unknown = toTypeId('tenant', uuidV7());
    const answers = [
      await open({ tenantId }),
      await open({}, { 'X-Tenant-Id': tenantId }),
      await open({}),
      await open({ tenantId: unknown }),
      await runtime.api.post('/v1/scorm/launches', runtime.newSession({ tenantId: unknown })),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
      [201, undefined],
      [201, undefined],
      [422, 'tenant_required'],
      [404, 'tenant_not_found'],
      [403, 'tenant_mismatch'],
    ]);
  });
});

describe('a commit of a page', () => {
  let url: string;
  beforeAll(async () => {
    url = await runtime.launch(runtime.newSession({ origin: ORIGIN }));
  });

  it.each([
    'application/json;charset=UTF-8',
    'application/json',
    'text/plain;charset=utf-8',
    'text/plain;charset=UTF-8',
    'Text/Plain',
  ])('is read as JSON when it comes as %s', async (contentType) => {
    const answer = await commitOfPage(url, { body: PASSED, contentType, origin: ORIGIN });
    expect(answer).toMatchObject(TAKEN);
    expect(answer.headers.get('content-type')).toContain('application/json');
  });

  it('may hold what no event may: what a player suspends is its own', async () => {
    const body = String.raw`{"cmi":{"suspend_data":"\u0000\ud800","core":{"lesson_status":"passed"}},"n":1e999,"__proto__":{"x":1}}`;
    expect(await commitOfPage(url, { body })).toMatchObject(TAKEN);
  });

  it.each(['?terminate=true', '?a=1&isLast=true', '?x=true&x=true'])(
    'that ends with %s is the last one of its launch',
    async (query) => {
      const session = runtime.newSession();
      await commitOfPage((await runtime.launch(session)) + query, { body: PASSED });
      const { attempts } = await runtime.session(session.sessionId);
      expect(attempts[0].launches[0].status).toBe('closed');
    },
  );

  const { contentType: form, body: params } = SCORM_VECTORS.refused[0]!;

  it.each<[string, Parameters<typeof commitOfPage>[1], number, string, RegExp]>([
    ['parameters', { body: params, contentType: form }, 415, 'unsupported_media_type', /"json"/],
    ['XML', { body: '<cmi/>', contentType: 'text/xml' }, 415, 'unsupported_media_type', /json/],
    ['no JSON', { body: '{"cmi":' }, 400, 'malformed_json', /JSON/],
    ['nothing', { body: '' }, 422, 'validation_failed', /cmi/],
    ['a list of parameters', { body: ['cmi.core=1'] }, 422, 'validation_failed', /"json"/],
    ['no cmi', { body: { scoId: 'x' } }, 422, 'validation_failed', /cmi/],
    [
      'more than 1 MiB',
      { body: cmi12('passed', { x: 'x'.repeat(COMMIT_BODY_LIMIT) }) },
      413,
      'body_too_large',
      /1 MiB/,
    ],
  ])('of %s is refused so that the page can read why', async (_, commit, status, code, says) => {
    const answer = await commitOfPage(url, { ...commit, origin: ORIGIN });
    const refusal = refusalOf(answer);
    expect(refusal).toMatchObject({ status, code });
    expect(refusal.detail).toMatch(says);
    expect(answer.headers.get('access-control-allow-origin')).toBe(ORIGIN);
  });

  it('of 1 MiB is taken', async () => {
    const body = JSON.stringify(cmi12('passed', { x: '' }));
    const filled = body.replace('"x":""', `"x":"${'x'.repeat(COMMIT_BODY_LIMIT - body.length)}"`);
    expect(await commitOfPage(url, { body: filled })).toMatchObject(TAKEN);
  });

  it.each([
    ['unknown', 'A'.repeat(43)],
    ['no token', 'x'],
  ])('with a token that is %s is 404, also when it only asks', async (_, token) => {
    const unknown = url.replace(/[^/]+$/, token);
    const answer = await commitOfPage(unknown, { body: PASSED, origin: ORIGIN });
    expect(refusalOf(answer)).toMatchObject({ status: 404, code: 'launch_not_found' });
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect((await commitOfPage(unknown, { method: 'OPTIONS', origin: ORIGIN })).status).toBe(404);
  });

  it('whose token has ended is 404', async () => {
    const session = runtime.newSession();
    const ended = await runtime.launch(session);
    await api.schoolbell.database.query(
      `UPDATE scorm_launches SET expires_at = now() WHERE session_id = $1`,
      [session.sessionId],
    );
    const answer = await commitOfPage(ended, { body: PASSED });
    expect(refusalOf(answer)).toMatchObject({ status: 404, code: 'launch_not_found' });
  });

  it('counts for its own token: a classroom behind one address is no loop', async () => {
    const urls = [url, await runtime.launch(runtime.newSession())];
    const limits = [];
    for (const each of [...urls, url.replace(/[^/]+$/, 'A'.repeat(43))]) {
      const { headers } = await commitOfPage(each, { body: PASSED });
      limits.push(headers.get('ratelimit')!.split(';')[0]);
    }
    expect(limits).toEqual(['"launch-token"', '"launch-token"', '"address"']);
    const { headers } = await commitOfPage(urls[1]!, { body: PASSED });
    expect(headers.get('ratelimit')).toMatch(/r=49[89];/);
  });
});

describe('which pages may commit', () => {
  const self = () => new URL(api.schoolbell.url).host;

  it.each<[string, string | undefined, () => string | undefined, boolean, boolean]>([
    ['of the origin of the launch', ORIGIN, () => ORIGIN, true, true],
    ['of an app', 'capacitor://localhost', () => 'capacitor://localhost', true, true],
    [
      'of the origin, however it was written',
      'HTTPS://LMS.example.com:443',
      () => ORIGIN,
      true,
      true,
    ],
    ['of another origin', ORIGIN, () => 'https://evil.example', false, false],
    ['of the origin at another port', ORIGIN, () => `${ORIGIN}:8443`, false, false],
    ['of a sandbox', ORIGIN, () => 'null', false, false],
    ['none, such as a server', ORIGIN, () => undefined, true, false],
    ['of the API’s own host, without an origin', undefined, () => `http://${self()}`, true, false],
    ['of the host behind a proxy with TLS', undefined, () => `https://${self()}`, true, false],
    ['of any other, without an origin', undefined, () => ORIGIN, false, false],
  ])('%s', async (_, origin, page, may, reads) => {
    const url = await runtime.launch(runtime.newSession({ ...(origin && { origin }) }));
    const from = page();
    const asked = await commitOfPage(url, {
      method: 'OPTIONS',
      origin: from,
      headers: { 'Access-Control-Request-Method': 'POST' },
    });
    const answer = await commitOfPage(url, { body: PASSED, origin: from });
    expect([asked.status, answer.status]).toEqual(may ? [204, 200] : [403, 403]);
    if (!may) expect(refusalOf(answer).code).toBe('origin_not_allowed');
    for (const { headers } of [asked, answer]) {
      expect(headers.get('access-control-allow-origin')).toBe(reads ? from : null);
      expect(headers.get('access-control-allow-credentials')).toBe(reads ? 'true' : null);
      expect(headers.get('vary')).toBe('Origin');
    }
    if (!may) return;
    expect(asked.headers.get('access-control-allow-methods')).toBe('POST, OPTIONS');
    expect(asked.headers.get('access-control-allow-headers')).toBe('Content-Type, Authorization');
  });
});

describe('a commit of a server', () => {
  it.each<[string, object, number, string, string[] | undefined]>([
    ['no commit', { commit: undefined }, 422, 'validation_failed', ['commit']],
    ['a commit without cmi', { commit: {} }, 422, 'validation_failed', ['commit']],
    ['no session', { sessionId: undefined }, 422, 'validation_failed', ['sessionId']],
    [
      'a time to come',
      { occurredAt: '2999-01-01T00:00:00Z' },
      422,
      'validation_failed',
      ['occurredAt'],
    ],
    ['a sequence that counts nothing', { sequence: 1.5 }, 422, 'validation_failed', ['sequence']],
    [
      'a learner of more than an event may have',
      { learner: { nick: 'x'.repeat(256 * 1024) } },
      413,
      'body_too_large',
      undefined,
    ],
    ['a NUL beside it', { learner: { nick: 'a\0b' } }, 400, 'malformed_json', undefined],
    [
      'another tenant',
      { tenantId: toTypeId('tenant', uuidV7()) },
      403,
      'tenant_mismatch',
      undefined,
    ],
  ])('with %s is refused as a SCORM error', async (_, more, status, code, paths) => {
    const answer = await runtime.commit(runtime.newSession(), PASSED, more);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.body.errors && pathsOf(answer.body)).toEqual(paths);
    expect(answer.body).toMatchObject({ result: 'false', errorCode: 391 });
  });

  it('needs a key with events:write, and a session one with events:read', async () => {
    const reader = await api.tenant.apiWith('events:read');
    const writer = await api.tenant.apiWith('events:write');
    const session = runtime.newSession();
    const commit = { ...session, commit: PASSED };
    const path = `/v1/scorm/sessions/${session.sessionId}`;
    expect((await reader.post('/v1/scorm/commits', commit)).status).toBe(403);
    expect((await writer.post('/v1/scorm/commits', commit)).status).toBe(200);
    expect((await reader.get(path)).status).toBe(200);
    expect((await writer.get(path)).status).toBe(403);
  });

  it('happened when its runtime says', async () => {
    const session = runtime.newSession();
    await runtime.commit(session, PASSED, { occurredAt: '2026-04-10T16:32:00+02:00' });
    const { events } = await runtime.session(session.sessionId);
    expect(new Set(events.map(({ occurredAt }: any) => occurredAt))).toEqual(
      new Set(['2026-04-10T14:32:00.000Z']),
    );
  });
});

describe('a session', () => {
  it('shows where the learner stands, and what came of it', async () => {
    const attempt = Number.MAX_SAFE_INTEGER;
    const about = { scos: ['a', 'b'], registrationId: 'reg_shown', attempt };
    const session = runtime.newSession(about);
    await runtime.commit(session, PASSED, { scoId: 'a' });
    expect(await runtime.typesOf(session.sessionId)).toEqual(['launched', 'progress']);
    await runtime.commit(session, cmi12('completed'), { scoId: 'b', terminate: true });
    const shown = await runtime.session(session.sessionId);
    expect(shown.events.map(({ type }: any) => type)).toEqual([
      'session.launched',
      'session.progress',
      'session.progress',
      'session.completed',
    ]);
    expect(shown).toMatchObject({
      sessionId: session.sessionId,
      hasOlderEvents: false,
      attempts: [
        {
          attempt,
          scos: [
            { scoId: 'a', completionStatus: 'completed', successStatus: 'passed', done: true },
            { scoId: 'b', completionStatus: 'completed', successStatus: 'unknown', done: true },
          ],
          completions: [{ scoId: null }],
          launches: [{ launchId: null, registrationId: 'reg_shown', status: 'closed' }],
        },
      ],
    });
  });

  it('is found by whatever id its runtime gave it', async () => {
    const sessionId = `ß/${'😀'.repeat(250)}?#%`;
    const session = runtime.newSession({ sessionId });
    await runtime.commit(session, PASSED);
    expect(await runtime.session(sessionId)).toMatchObject({ sessionId });
  });

  it('of another tenant does not exist', async () => {
    const session = runtime.newSession();
    await runtime.commit(session, PASSED);
    const other = await api.schoolbell.addTenant();
    for (const path of [`/v1/scorm/sessions/${session.sessionId}`, '/v1/scorm/sessions/%01']) {
      const { status, body } = await other.api.get(path);
      expect([status, body.code]).toEqual([404, 'not_found']);
    }
    const mine = new ScormRuntime(api.schoolbell.url, other.tenantKey);
    await mine.commit(session, PASSED);
    expect(await mine.typesOf(session.sessionId)).toEqual(['launched', 'progress', 'completed']);
  });
});

describe('a tenant’s rules', () => {
  it('say what failed means, for commits and for posted events, and whether thresholds count', async () => {
    const own = await api.schoolbell.addTenant();
    const { platform, url } = api.schoolbell;
    const path = `/v1/tenants/${own.tenantId}`;
    const theirs = new ScormRuntime(url, own.tenantKey);
    expect((await platform.get(path)).body.scormRules).toEqual({
      completionOnFailed: false,
      applyThresholds: true,
    });
    const scormRules = { completionOnFailed: true };
    const { body } = await platform.patch(path, { scormRules });
    expect(body.scormRules).toEqual({ completionOnFailed: true, applyThresholds: true });

    const session = theirs.newSession();
    await theirs.commit(session, cmi12('failed'));
    expect((await theirs.eventsOf(session.sessionId)).at(-1)).toMatchObject({
      type: 'session.completed',
      data: { completionStatus: 'completed', successStatus: 'failed' },
    });
    const posted = { type: 'session.completed', data: { ...session, lessonStatus: 'failed' } };
    const one = await own.api.post('/v1/events', posted);
    const many = await own.api.post('/v1/events/batch', { events: [posted, posted] });
    for (const { id } of [one.body, ...many.body.data]) {
      expect((await own.api.get(`/v1/events/${id}`)).body.data).toMatchObject({
        completionStatus: 'completed',
        successStatus: 'failed',
      });
    }
    const others = await api.post(posted);
    expect((await api.tenant.api.get(`/v1/events/${others.body.id}`)).body.data).toMatchObject({
      completionStatus: 'incomplete',
    });
    const refused = await platform.patch(path, { scormRules: { applyThresholds: 'no' } });
    expect(pathsOf(refused.body)).toEqual(['scormRules.applyThresholds']);
  });
});

describe('commits of a tenant whose events go to very many webhooks', () => {
  it('hold nobody else up', async () => {
    const { database, url } = api.schoolbell;
    const wide = await api.schoolbell.addTenant();
    await seedWebhooks(database, wide.tenantUuid, 2_000);
    const theirs = new ScormRuntime(url, wide.tenantKey);
    const sessions = Array.from({ length: 4 }, () => theirs.newSession());
    const session = runtime.newSession();
    await runtime.commit(session, cmi12('incomplete'));

    let done = false;
    const began = performance.now();
    const commits = Promise.all(sessions.map((each) => theirs.commit(each, PASSED))).finally(
      () => (done = true),
    );
    const waits: number[] = [];
    while (!done) {
      const before = performance.now();
      await runtime.commit(session, cmi12('incomplete'));
      waits.push(performance.now() - before);
    }
    const took = performance.now() - began;
    expect(waits.toSorted((a, b) => a - b)[waits.length >> 1]!).toBeLessThan(took / 4);
    expect((await commits).map(({ status }) => status)).toEqual(Array(4).fill(200));
    const opened = await theirs.api.post('/v1/scorm/launches', theirs.newSession());
    expect(opened.status).toBe(201);
    expect(await theirs.typesOf(sessions[3]!.sessionId)).toEqual([
      'launched',
      'progress',
      'completed',
    ]);
  });
});
