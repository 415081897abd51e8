// `npm run screenshots`: the pictures of the docs, taken of the demo's tenant in a product of its own. The demo tells
// the same story each time; ids and times are new.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare } from './prepare.mjs';

await prepare();

const ROOT = join(import.meta.dirname, '..');
const PICTURES = join(ROOT, 'docs/pictures');
const MOST_BYTES = 200_000;
const VIEWPORT = { width: 1280, height: 860 };
const SEED = '7';
const SECONDS = '25';

/** Each picture, by its name: where it is taken. @type {Record<string, (about: { dead: string }) => string>} */
const SHOTS = {
  home: () => '/',
  deliveries: () => '/deliveries',
  delivery: ({ dead }) => `/deliveries?open=${dead}`,
  'dead-letters': () => '/dead-letters',
  story: () => '/story?learnerId=learner-1',
  webhooks: () => '/webhooks',
  guide: () => '/guide/verify',
};

const home = await mkdtemp(join(tmpdir(), 'schoolbell-screenshots-'));
const product = await startProduct();
try {
  const credentials = JSON.parse(await readFile(join(home, 'credentials.json'), 'utf8'));
  await run('dist/apps/demo/src/main.js', ['--seconds', SECONDS, '--seed', SEED, '--no-stay']);
  await takeAll(credentials);
} finally {
  product.kill('SIGTERM');
  if (product.exitCode === null) await once(product, 'exit');
  await rm(home, { recursive: true, force: true });
}

async function startProduct() {
  const port = String(await freePort());
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: ROOT,
    env: { ...process.env, SCHOOLBELL_HOME: home, PORT: port },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve, reject) => {
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      said += text;
      if (said.includes('Schoolbell is ready.')) resolve();
    });
    child.once('exit', () => reject(new Error(`The product did not start:\n${said}`)));
  });
  return child;
}

async function run(script, args) {
  const env = { ...process.env, SCHOOLBELL_HOME: home };
  const child = spawn(process.execPath, [script, ...args], { cwd: ROOT, env, stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${script} ended with ${code}.`);
}

async function takeAll({ apiUrl, tenantKey, dashboard }) {
  const { chromium } = await import('playwright-core');
  const { findBinary } = await import('../test/support/find-binary.ts');
  const { CHROMIUM, CHROMIUM_ARGS } = await import('../test/browser/support/chromium-binary.ts');
  const executablePath = process.env.CHROMIUM || (await findBinary(CHROMIUM));
  if (!executablePath) throw new Error('Install chromium, or set CHROMIUM to its path.');
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
  try {
    const page = await signIn(browser, apiUrl, dashboard);
    const about = { dead: await firstDeadLetter(apiUrl, tenantKey) };
    await mkdir(PICTURES, { recursive: true });
    for (const [name, pathOf] of Object.entries(SHOTS)) {
      await page.goto(apiUrl + pathOf(about));
      await take(page, join(PICTURES, `${name}.png`));
    }
  } finally {
    await browser.close();
  }
}

async function signIn(browser, apiUrl, { email, password }) {
  const context = await browser.newContext({
    viewport: VIEWPORT,
    colorScheme: 'light',
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(`${apiUrl}/sign-in`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
  return page;
}

async function firstDeadLetter(apiUrl, tenantKey) {
  const headers = { Authorization: `Bearer ${tenantKey}` };
  const { data } = await (await fetch(`${apiUrl}/v1/dead-letters?limit=1`, { headers })).json();
  return data[0].id;
}

/** Once nothing of the page is loading any more. The live page keeps a connection open, so the network never rests. */
async function take(page, path) {
  // By its element: behind an open panel it has no role.
  await page.locator('main h1').waitFor();
  await page.waitForFunction(() => document.querySelector('.animate-pulse') === null);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path });
  const { size } = await stat(path);
  console.log(`${path}: ${Math.round(size / 1000)} kB`);
  if (size > MOST_BYTES) throw new Error(`${path} is larger than ${MOST_BYTES / 1000} kB.`);
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
