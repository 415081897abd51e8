import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import {
  apiClient,
  createDatabase,
  databaseAt,
  eventually,
  reservedPort,
  scrape,
  startCollector,
  startReceiver,
} from '../support/index.js';
import {
  processesWith,
  type RunOptions,
  runStart,
  type StartedProduct,
} from '../support/run-npm-start.js';

/** What is promised from a `kill -9` of the dispatcher to the second request; its lease is 55 s. */
const TAKE_OVER_MS = 5_000;
/** What a new dispatcher takes to load its code where little else runs. When it takes longer, so may all else. */
const USUAL_LOADING_MS = 1_000;
/** Far more than it takes on a busy machine, and less than a lease. */
const PATIENCE_MS = 45_000;

describe.skipIf(process.platform !== 'linux')('npm start', { timeout: 90_000 }, () => {
  let home: string;
  let port: number;
  let started: StartedProduct[];
  const credentials = async (folder = home): Promise<any> =>
    JSON.parse(await readFile(join(folder, 'credentials.json'), 'utf8'));

  /** A folder of an earlier run, with a webhook: setting one up takes seconds. */
  let usedHome: string;
  /** That earlier run, in a folder that was empty. */
  let firstRun: { product: StartedProduct; port: number; children: { [name: string]: number } };
  beforeAll(async () => {
    usedHome = await mkdtemp(join(tmpdir(), 'schoolbell-used-'));
    const firstPort = await reservedPort();
    const product = runStart({ home: usedHome, port: firstPort });
    await product.ready();
    firstRun = { product, port: firstPort, children: product.children() };
    const { apiUrl, tenantKey } = await credentials(usedHome);
    const webhook = { url: 'https://lms.example.com/hook', events: ['*'] };
    expect((await apiClient(apiUrl, tenantKey).post('/v1/webhooks', webhook)).status).toBe(201);
    product.signal('SIGTERM');
    await product.exited();
    return () => rm(usedHome, { recursive: true, force: true });
  });
  const inUsedFolder = (): void => {
    execFileSync('cp', ['-a', `${usedHome}/.`, home]);
  };

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'schoolbell-start-'));
    port = await reservedPort();
    started = [];
  });

  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') {
      for (const product of started) process.stderr.write(`--- npm start\n${product.output()}\n`);
    }
    for (const product of started) {
      product.signal('SIGTERM');
      await product.exited();
    }
    await eventually(() => processesWith(home).length === 0, { timeoutMs: 20_000 });
    await rm(home, { recursive: true, force: true });
  });

  const run = (options: Partial<RunOptions> = {}): StartedProduct => {
    const product = runStart({ home, port, ...options });
    started.push(product);
    return product;
  };
  const start = (env: NodeJS.ProcessEnv = {}): StartedProduct => run({ env });

  it('brings up everything in an empty folder, the same again within seconds, and stops with exit code 0 on Ctrl-C', async () => {
    ({ port } = firstRun);
    const { product: first, children } = firstRun;
    inUsedFolder();
    expect(first.output()).toContain(`http://127.0.0.1:${port}/docs`);
    const made = await credentials();
    expect(first.output()).toMatch(/Sign in as +owner@\S+, with the password in credentials\.json/);
    expect(first.output()).not.toContain(made.dashboard.password);
    expect(made).toMatchObject({
      apiUrl: `http://127.0.0.1:${port}`,
      dashboardUrl: `http://127.0.0.1:${port}/`,
      platformKey: expect.stringMatching(/^sbk_/),
      tenantId: expect.stringMatching(/^ten_/),
      tenantKey: expect.stringMatching(/^sbk_/),
      dashboard: { email: expect.stringContaining('@'), password: expect.any(String) },
    });
    for (const file of ['credentials.json', 'secrets.json', 'postgres/connection.json']) {
      expect([file, (await stat(join(home, file))).mode & 0o777]).toEqual([file, 0o600]);
    }
    expect(await first.exited()).toBe(0);
    expect(processesWith(usedHome)).toEqual([]);
    for (const pid of Object.values(children)) expect(() => process.kill(pid, 0)).toThrow('ESRCH');

    const before = Date.now();
    const second = run({ throughNpm: true });
    await second.ready();
    // Less than 5 s on an idle machine; here, other suites run beside it.
    expect(Date.now() - before).toBeLessThan(10_000);
    expect(second.output()).not.toMatch(/Installing|Building|Setting up|Applied/);
    expect(await credentials()).toEqual(made);
    const asTenant = await apiClient(made.apiUrl, made.tenantKey).get('/v1/webhooks');
    const asPlatform = await apiClient(made.apiUrl, made.platformKey).get('/v1/tenants');
    expect([asTenant.status, asPlatform.status]).toEqual([200, 200]);
    expect(asPlatform.body.data).toMatchObject([{ id: made.tenantId, name: 'Acme Learning' }]);
    const login = await apiClient(made.apiUrl).post('/v1/auth/login', made.dashboard);
    expect(login.status).toBe(200);
    expect((await apiClient(made.apiUrl, login.body.accessToken).get('/v1/me')).body).toMatchObject(
      {
        email: made.dashboard.email,
        tenantId: made.tenantId,
        role: 'owner',
      },
    );
    second.signal('SIGINT');
    expect(await second.exited()).toBe(0);
    expect(processesWith(home)).toEqual([]);
  });

  it('stops when npm is killed', async () => {
    inUsedFolder();
    const product = run({ throughNpm: true });
    await product.ready();
    product.signal('SIGKILL');
    await eventually(() => processesWith(home).length === 0, { timeoutMs: 15_000 });
    await eventually(() =>
      fetch(`http://127.0.0.1:${port}`).then(
        () => false,
        () => true,
      ),
    );
  });

  /** Resolves with a receiver that has got a request and does not answer it. */
  async function receiverWithRequest() {
    const receiver = await startReceiver();
    onTestFinished(() => receiver.close());
    receiver.respondWith(() => ({ status: 200, delayMs: 9_000 }));
    const { apiUrl, tenantKey } = await credentials();
    const api = apiClient(apiUrl, tenantKey);
    const webhook = { url: receiver.url, events: ['session.completed'] };
    expect((await api.post('/v1/webhooks', webhook)).status).toBe(201);
    const data = { sessionId: 's', packageId: 'p', learnerId: 'l', completionStatus: 'completed' };
    const event = { type: 'session.completed', data };
    expect((await api.post('/v1/events', event)).status).toBe(202);
    await receiver.waitFor(1);
    return receiver;
  }

  /** False while there is no other. */
  function pidOtherThan(killed: number, product: StartedProduct): number | false {
    const { dispatcher } = product.children();
    return dispatcher !== killed && dispatcher;
  }

  /** When the dispatcher with this pid told the others of itself, which is the first that it does. */
  async function loadedAt(pid: number): Promise<number> {
    const connection = await readFile(join(home, 'postgres', 'connection.json'), 'utf8');
    const { port: at, password } = JSON.parse(connection);
    const database = databaseAt(`postgresql://schoolbell:${password}@127.0.0.1:${at}/schoolbell`);
    const [run] = await database.query<{ started_at: Date }>(
      'SELECT started_at FROM dispatchers WHERE pid = $1',
      [pid],
    );
    return run!.started_at.getTime();
  }

  it('starts API, dispatcher and Postgres again when they are killed, sends again what was cut off within 5 s, and keeps their warnings', async () => {
    inUsedFolder();
    const product = start();
    await product.ready();
    const { apiUrl, tenantKey } = await credentials();
    const receiver = await receiverWithRequest();
    const before = product.children();
    const killedAt = Date.now();
    process.kill(before.dispatcher, 'SIGKILL');
    process.kill(before.api, 'SIGKILL');
    const successor = await eventually(() => pidOtherThan(before.dispatcher, product), {
      timeoutMs: PATIENCE_MS,
    });
    const startedAt = Date.now();
    await receiver.waitFor(2, PATIENCE_MS);
    const loadingMs = (await loadedAt(successor)) - startedAt;
    const slowness = Math.max(1, loadingMs / USUAL_LOADING_MS);
    const tookMs = receiver.requests[1]!.at - killedAt;
    expect(tookMs, `with ${loadingMs} ms to load`).toBeLessThan(TAKE_OVER_MS * slowness);
    await eventually(async () => (await fetch(`${apiUrl}/health/ready`)).status === 200, {
      timeoutMs: PATIENCE_MS,
    });
    expect(product.children().api).not.toBe(before.api);

    const postmaster = await readFile(join(home, 'postgres/data/postmaster.pid'), 'utf8');
    process.kill(Number(postmaster.split('\n')[0]), 'SIGKILL');
    await eventually(
      async () => {
        const { status } = await apiClient(apiUrl, tenantKey).get('/v1/webhooks');
        return status === 200 && product.output().includes('[postgres] ended');
      },
      { timeoutMs: 20_000 },
    );
    product.signal('SIGTERM');
    expect(await product.exited()).toBe(0);

    const log = (name: string) => readFile(join(home, 'logs', name), 'utf8');
    const warnings = (await log('dispatcher-warnings.log')).trimEnd().split('\n');
    const levels = new Set(warnings.map((line) => JSON.parse(line).level));
    expect(['warn', 'error']).toEqual(expect.arrayContaining([...levels]));
    const all = await log('dispatcher.log');
    for (const line of warnings) expect(all).toContain(`${line}\n`);
  });

  it('starts again at once after it was killed itself, and leaves no process behind if it is not started again', async () => {
    inUsedFolder();
    const kill = async (product: StartedProduct): Promise<number[]> => {
      await product.ready();
      const left = Object.values(product.children());
      product.signal('SIGKILL');
      await product.exited();
      return left;
    };
    const expectGone = (pids: readonly number[]): void => {
      for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    };
    const left = await kill(start());
    const next = start();
    await next.ready();
    expectGone(left);

    const leftAgain = await kill(next);
    await eventually(() => processesWith(home).length === 0, { timeoutMs: 40_000 });
    expectGone(leftAgain);
  });

  it('says in one line that its port is in use', async () => {
    const squatter = createServer().listen(port, '127.0.0.1');
    await once(squatter, 'listening');
    const product = start();
    expect(await product.exited()).toBe(1);
    expect(product.output()).toBe(
      `Port ${port} of 127.0.0.1 is in use. Stop what listens there, or set PORT to another.\n`,
    );
    squatter.close();
  });

  it('says in one line that the data folder cannot be used', async () => {
    const file = join(home, 'file');
    await writeFile(file, '');
    const product = start({ SCHOOLBELL_HOME: file });
    expect(await product.exited()).toBe(1);
    expect(product.output()).toMatch(
      /^The data folder .+ cannot be used: a file is in its place\..+\n$/,
    );
  });

  it('says in one line that a file of the data folder is damaged', async () => {
    await writeFile(join(home, 'secrets.json'), '{"encr');
    const product = start();
    expect(await product.exited()).toBe(1);
    expect(product.output()).toMatch(/^.+secrets\.json is damaged: .+\n$/);
  });

  it('says in one line that the data of Postgres is damaged', async () => {
    inUsedFolder();
    await chmod(join(home, 'postgres/data'), 0o755);
    await rm(join(home, 'postgres/data/PG_VERSION'));
    const broken = start();
    expect(await broken.exited()).toBe(1);
    expect(broken.output()).toMatch(/^The embedded Postgres does not start: .+\n$/);
  });

  it('says in one line that DATABASE_URL leads nowhere, without its password', async () => {
    const nobody = await reservedPort();
    const product = start({ DATABASE_URL: `postgresql://joe:hunter2@127.0.0.1:${nobody}/bells` });
    expect(await product.exited()).toBe(1);
    expect(product.output()).toMatch(
      /^The database "bells" at 127\.0\.0\.1:\d+ .+ECONNREFUSED.+\n$/,
    );
    expect(product.output()).not.toContain('hunter2');
  });

  it('says at once everything that is wrong with its settings', async () => {
    const product = start({ LOG_LEVEL: 'loud', ENCRYPTION_KEY: 'short' });
    expect(await product.exited()).toBe(1);
    expect(product.output()).toMatch(/LOG_LEVEL must .+\n +ENCRYPTION_KEY must/);
  });

  it('runs on a Postgres of the operator, shown to their Prometheus', async () => {
    const database = await createDatabase();
    const metricsPort = await reservedPort();
    const collector = await startCollector();
    const product = start({
      DATABASE_URL: database.url,
      METRICS_PORT: String(metricsPort),
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    });
    await product.ready();
    expect(await database.query('SELECT name FROM tenants')).toEqual([{ name: 'Acme Learning' }]);
    expect(processesWith(home)).toEqual([]);
    for (const [index, service] of ['api', 'dispatcher'].entries()) {
      const url = `http://127.0.0.1:${metricsPort + index}`;
      const shown = await eventually(() => scrape(url), { timeoutMs: 30_000 });
      expect(shown.value('schoolbell_build_info', { service })).toBe(1);
    }
    product.signal('SIGTERM');
    expect(await product.exited()).toBe(0);
    await Promise.all([database.drop(), collector.close()]);
  });

  describe('while it runs', () => {
    let itsHome: string;
    let product: StartedProduct;
    beforeAll(async () => {
      itsHome = await mkdtemp(join(tmpdir(), 'schoolbell-running-'));
      execFileSync('cp', ['-a', `${usedHome}/.`, itsHome]);
      const path = join(itsHome, 'secrets.json');
      const secrets = JSON.parse(await readFile(path, 'utf8'));
      const encryptionKey = `${randomBytes(32).toString('base64')},${secrets.encryptionKey}`;
      await writeFile(path, JSON.stringify({ ...secrets, encryptionKey }));
      product = runStart({ home: itsHome, port: await reservedPort(), throughNpm: true });
      await product.ready();
      return async () => {
        product.signal('SIGTERM');
        await product.exited();
        await rm(itsHome, { recursive: true, force: true });
      };
    });

    it('has the key of secrets.json rotated by npm run rotate-keys', () => {
      const { status, stdout } = spawnSync(
        process.execPath,
        [resolve('dist/apps/standalone/src/rotate-keys.js')],
        { cwd: tmpdir(), env: { SCHOOLBELL_HOME: itsHome }, encoding: 'utf8' },
      );
      expect(stdout).toMatch(
        /^Encrypted the secrets of 1 webhooks and users with the key [0-9a-f]{8}\.\n/,
      );
      expect(stdout).toContain('Webhooks and users that need another key: 0.');
      expect(status).toBe(0);
    });

    it('another instance on its data folder says so in one line', async () => {
      const other = start({ SCHOOLBELL_HOME: itsHome });
      expect(await other.exited()).toBe(1);
      expect(other.output()).toMatch(/^Schoolbell is already running on this data folder .+\n$/);
    });

    it('stops with exit code 0 on SIGTERM to npm', async () => {
      product.signal('SIGTERM');
      expect(await product.exited()).toBe(0);
      expect(processesWith(itsHome)).toEqual([]);
    });
  });

  it('stops in the middle of its first set-up when it is asked to', async () => {
    const product = start();
    await eventually(() => product.output().includes('Setting up the database'));
    product.signal('SIGTERM');
    expect(await product.exited()).toBe(0);
    expect(processesWith(home)).toEqual([]);
  });
});
