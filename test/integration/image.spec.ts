import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, eventually, reservedPort, type TestDatabase } from '../support/index.js';

/** Of packages that are optional for npm, the one that the Dockerfile copies all the same. */
const COPIED = 'node_modules/@node-rs/';
/** A busy machine takes many seconds to start a process. */
const STARTED_MS = 60_000;

interface LockedPackage {
  dev?: boolean;
  optional?: boolean;
  devOptional?: boolean;
}

/**
 * What `npm ci --omit=dev --omit=optional` installs, with what the Dockerfile copies into its last stage, as links: a
 * package that is not among them is not found.
 */
async function layOutImage(): Promise<string> {
  const app = await mkdtemp(join(tmpdir(), 'schoolbell-image-'));
  const lock = JSON.parse(await readFile('package-lock.json', 'utf8'));
  const packages = Object.entries(lock.packages as Record<string, LockedPackage>)
    .filter(([path]) => /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path))
    .filter(
      ([path, { dev, optional, devOptional }]) =>
        path.startsWith(COPIED) || !(dev || optional || devOptional),
    )
    .map(([path]) => path);
  for (const path of [...packages, 'dist', 'prisma/migrations', 'package.json']) {
    await mkdir(dirname(join(app, path)), { recursive: true });
    await symlink(resolve(path), join(app, path));
  }
  return app;
}

/** The `CMD` of a stage of the Dockerfile. */
async function commandOf(stage: string): Promise<string[]> {
  const dockerfile = await readFile('Dockerfile', 'utf8');
  const [, text = ''] = dockerfile.split(`FROM runtime AS ${stage}\n`);
  return JSON.parse(/^CMD (\[.+\])$/m.exec(text)![1]!);
}

describe.skipIf(process.platform === 'win32')('what the image has', () => {
  let app: string;
  let database: TestDatabase;
  let env: Record<string, string>;
  const running: ChildProcess[] = [];

  beforeAll(async () => {
    [app, database] = await Promise.all([layOutImage(), createDatabase()]);
    env = {
      PATH: process.env.PATH!,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(await reservedPort()),
      DATABASE_URL: database.url,
      ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      JWT_SECRET: randomBytes(32).toString('base64'),
    };
    return async () => {
      for (const child of running) {
        const ended = new Promise((done) => child.once('close', done));
        if (child.exitCode === null && child.kill('SIGTERM')) await ended;
      }
      await database.drop();
      await rm(app, { recursive: true });
    };
  });

  /** As a container would, but that links are to be taken for what they stand for. */
  async function start(stage: string) {
    const [, ...args] = await commandOf(stage);
    const asIs = ['--preserve-symlinks', '--preserve-symlinks-main'];
    const child = spawn(process.execPath, [...asIs, ...args], { cwd: app, env });
    running.push(child);
    const said = { text: '' };
    for (const output of [child.stdout, child.stderr]) {
      output.setEncoding('utf8').on('data', (text: string) => (said.text += text));
    }
    return { child, said };
  }

  it('is enough for the migration', async () => {
    const { child, said } = await start('migrate');
    const code = await new Promise((done) => child.once('close', done));
    expect(said.text).toBe('The database is up to date.\n');
    expect(code).toBe(0);
  });

  it('is enough for the API: it is ready, shows its docs and the dashboard, and checks passwords', async () => {
    const { said } = await start('api');
    await eventually(() => said.text.includes('"msg":"listening"'), { timeoutMs: STARTED_MS });
    const ask = (path: string, init?: RequestInit) =>
      fetch(`http://127.0.0.1:${env.PORT}${path}`, init);
    expect((await ask('/health/ready')).status).toBe(200);
    expect(await (await ask('/docs')).text()).toContain('swagger');
    const page = await ask('/', { headers: { Accept: 'text/html' } });
    expect(await page.text()).toContain('<div id="app">');
    const login = await ask('/v1/auth/login', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: 'nobody@example.com', password: 'no password of anybody' }),
    });
    expect(await login.json()).toMatchObject({ code: 'invalid_credentials' });
  });

  it('is enough for the dispatcher', async () => {
    const { said } = await start('dispatcher');
    await eventually(() => said.text.includes('"msg":"dispatching"'), { timeoutMs: STARTED_MS });
  });
});
