import { beforeAll, describe, expect, it } from 'vitest';
import {
  eventually,
  linesOf,
  logsOfShared,
  type Schoolbell,
  SharedWorld,
  startSchoolbell,
} from '../support/index.js';
import {
  cmi12,
  commitOfPage,
  ORIGIN,
  SCORM_VECTORS,
  ScormRuntime,
  type ScormStep,
  TAKEN,
} from './support/scorm-runtime.js';

const world = new SharedWorld();
let runtime: ScormRuntime;

beforeAll(() => {
  runtime = new ScormRuntime(world.schoolbell.apiUrl, world.schoolbell.tenantKey);
});

/** Hands over each commit of a case, and opens a launch before the first one. */
type HandOver = (sessionId: string) => (step: ScormStep) => Promise<void>;

const ofPages: HandOver = (sessionId) => {
  const urls = new Map<string, string>();
  return async ({ launchId, attempt, contentType, body }) => {
    const session = runtime.newSession({ sessionId, attempt, origin: ORIGIN });
    if (!urls.has(launchId)) urls.set(launchId, await runtime.launch(session));
    const url = urls.get(launchId)!;
    expect(await commitOfPage(url, { body, contentType, origin: ORIGIN })).toMatchObject(TAKEN);
  };
};

const ofServer: HandOver = (sessionId) => async (step) => {
  const { launchId, attempt, contentType, body } = step;
  const terminate = contentType.startsWith('text/plain');
  const session = runtime.newSession({ sessionId, attempt, launchId, terminate });
  const answer = await runtime.commit(session, JSON.parse(body));
  expect([answer.status, answer.body]).toEqual([200, JSON.parse(TAKEN.text)]);
};

describe.each<[string, HandOver]>([
  ['the page of a player', ofPages],
  ['the server of a runtime', ofServer],
])('commits of %s', (who, handOver) => {
  it.concurrent.each(SCORM_VECTORS.cases)(
    'make exactly the events of: $case',
    async ({ case: name, steps }) => {
      const sessionId = `${who} ${name}`;
      const commit = handOver(sessionId);
      const expected = [];
      for (const step of steps) {
        await commit(step);
        expected.push(
          ...step.expect.map(({ type, data }) => ({ type, data: { ...data, sessionId } })),
        );
        expect(await runtime.eventsOf(sessionId)).toEqual(expected);
      }
    },
  );
});

describe('what follows from a commit', () => {
  it('reaches the customer’s webhook, in order', async () => {
    await world.customer.api.post('/v1/webhooks', {
      url: world.receiver.url,
      events: ['session.launched', 'session.progress', 'session.scored', 'session.completed'],
      scopes: { packageIds: ['pkg_webhook'] },
      ordering: 'session',
    });
    const { steps } = SCORM_VECTORS.cases[0]!;
    const session = runtime.newSession({ packageId: 'pkg_webhook', origin: ORIGIN });
    const url = await runtime.launch(session);
    for (const { body, contentType } of steps) await commitOfPage(url, { body, contentType });
    const expected = steps.flatMap((step) => step.expect);
    const requests = await world.receiver.waitFor(expected.length);
    const { sessionId, packageId } = session;
    expect(requests.map(({ body }) => JSON.parse(body))).toMatchObject(
      expected.map(({ type, data }) => ({ type, data: { ...data, sessionId, packageId } })),
    );
  });
});

describe('the token in the URL of a commit', () => {
  /** Postgres refuses the commits of this tenant. */
  async function withoutWrites<T>(run: () => Promise<T>): Promise<T> {
    const { database, tenantUuid } = world.schoolbell;
    await database.query(`
      CREATE FUNCTION refuse_commits() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'refused by a test';
      END $$;
      CREATE TRIGGER refuse_commits BEFORE INSERT OR UPDATE ON scorm_attempts FOR EACH ROW
      WHEN (NEW.tenant_id = '${tenantUuid}') EXECUTE FUNCTION refuse_commits()`);
    return run().finally(() => database.query('DROP FUNCTION refuse_commits CASCADE'));
  }

  it('is in no log, whatever becomes of the commit', async () => {
    const url = await runtime.launch(runtime.newSession({ origin: ORIGIN }));
    const token = url.split('/').at(-1)!;
    await commitOfPage(url, { body: cmi12('passed') });
    await commitOfPage(url, { body: '{', contentType: 'application/xml' });
    await commitOfPage(url, { body: { nothing: true }, origin: 'https://evil.example' });
    await commitOfPage(`${url}/more`, { body: {} });
    await commitOfPage(`${url}%zz`, { body: {} });
    const refused = await withoutWrites(() =>
      commitOfPage(url, { body: cmi12('failed'), origin: ORIGIN }),
    );
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '2']);
    expect(refused.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(JSON.parse(refused.text)).toMatchObject({ result: 'false', errorCode: 391 });
    const isLogged = (line: Record<string, unknown>) =>
      JSON.stringify(line).includes(refused.headers.get('x-request-id')!);
    await eventually(async () => {
      const lines = linesOf(await logsOfShared()).filter(isLogged);
      expect(JSON.stringify(lines)).toContain('/v1/scorm/commits/:token');
    });
    expect(await logsOfShared()).not.toContain(token);
  });
});

describe('another API', () => {
  let other: Schoolbell;
  beforeAll(async () => {
    const { database, encryptionKey } = world.schoolbell;
    const env = {
      ENCRYPTION_KEY: encryptionKey.toString('base64'),
      PUBLIC_URL: 'https://schoolbell.example.com/hooks',
    };
    other = await startSchoolbell({ database, env, dispatchers: 0 });
    return () => other.stop();
  });

  it('makes the same of the commits of a session, whichever takes them, and whenever', async () => {
    const apis = [runtime, new ScormRuntime(other.apiUrl, world.schoolbell.tenantKey)];
    const session = runtime.newSession();
    const url = new URL(await runtime.launch(session));
    const elsewhere = other.apiUrl + url.pathname;
    const passed = cmi12('passed');
    const answers = await Promise.all([
      ...Array.from({ length: 10 }, (_, i) =>
        commitOfPage(i % 2 ? elsewhere : url.href, { body: passed }),
      ),
      ...Array.from({ length: 10 }, (_, i) =>
        apis[i % 2]!.commit({ ...session, launchId: 'of the server' }, passed),
      ),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(await apis[1]!.launch(session)).toMatch(
      /^https:\/\/schoolbell\.example\.com\/hooks\/v1\/scorm\/commits\/[\w-]{43}$/,
    );
    const types = await runtime.typesOf(session.sessionId);
    expect(types.toSorted()).toEqual(['completed', 'launched', 'launched', 'launched', 'progress']);
  });

  it('that is told to stop answers the commits that it has taken', async () => {
    const { api, apiUrl, database } = other;
    const url = apiUrl + new URL(await runtime.launch(runtime.newSession())).pathname;
    const held = database.query('BEGIN; LOCK TABLE scorm_attempts; SELECT pg_sleep(2); COMMIT');
    const locks = (condition: string) =>
      database.query(
        `SELECT FROM pg_locks WHERE relation = 'scorm_attempts'::regclass AND ${condition}
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      );
    await eventually(async () => expect(await locks('granted')).not.toHaveLength(0));
    const answer = commitOfPage(url, { body: cmi12('passed') });
    await eventually(async () => expect(await locks('NOT granted')).not.toHaveLength(0));
    const stopped = api.term();
    expect(await answer).toMatchObject(TAKEN);
    expect(await stopped).toBe(0);
    await held;
  });
});
