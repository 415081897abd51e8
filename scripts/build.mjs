// Generates the Prisma client and the API's client, compiles the services, bundles them and builds the dashboard
// to dist/, each unless it is up to date. Runs on any Node >= 20.19; the compilers run on the Node that node_modules brings.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withLock } from './lock.mjs';
import { runQuietly } from './tools.mjs';

const ROOT = join(import.meta.dirname, '..');
const NOT_COMPILED = /(^|[/\\])(generated|node_modules)$|\.spec\.tsx?$/;
const DASHBOARD = 'apps/dashboard';
const BUNDLING = 'scripts/rolldown.config.mjs';
const LOCK = 'package-lock.json';

/** What is made from what; a stamp beside what was made says from which sources. */
const PRISMA_CLIENT = {
  stamp: 'libs/persistence/src/generated/.schema',
  sources: () => ['prisma/schema.prisma', LOCK],
  make: () => runQuietly('prisma', ['generate']),
};
const API_CLIENT = {
  stamp: 'libs/api-client/src/generated/.schema',
  sources: () => ['libs/api-client/openapi.json', 'libs/api-client/openapi-ts.config.ts', LOCK],
  make: () => runQuietly('openapi-ts', ['-f', 'libs/api-client/openapi-ts.config.ts']),
};
const SERVICES = {
  stamp: 'dist/.sources',
  sources: () => [
    ...['apps', 'libs', 'prisma'].flatMap(filesIn).filter((path) => !isOfDashboard(path)),
    'nest-cli.json',
    LOCK,
    'tsconfig.json',
    'tsconfig.build.json',
  ],
  make: () => runQuietly('nest', ['build']),
};
const BUNDLES = {
  stamp: 'dist/bundles/.sources',
  from: SERVICES,
  sources: () => [...SERVICES.sources(), BUNDLING],
  make: () => runQuietly('rolldown', ['-c', BUNDLING]),
};
const PAGES = {
  stamp: 'dist/dashboard/.sources',
  sources: () => [...[DASHBOARD, 'libs/api-client'].flatMap(filesIn), LOCK, 'tsconfig.json'],
  // Vitest sets NODE_ENV=test, by which Vite would take React's development build: other code than customers get.
  make: () =>
    runQuietly('vite', ['build', '--config', `${DASHBOARD}/vite.config.ts`], {
      NODE_ENV: 'production',
    }),
};

/**
 * @param {(line: string) => void} log told what is done, when something is
 */
export async function ensureBuilt(log = console.log) {
  if ([BUNDLES, PAGES].every(isMade)) return;
  await withLock('build', async () => {
    // Another process may have built while this one waited.
    if ([BUNDLES, PAGES].every(isMade)) return;
    log('Building …');
    await allMade([PRISMA_CLIENT, API_CLIENT]);
    await allMade([BUNDLES, PAGES]);
  });
}

/** Generates the clients when they are not of this schema: what types and unit specs need. */
export async function ensureGenerated() {
  await withLock('build', () => allMade([PRISMA_CLIENT, API_CLIENT]));
}

/** Beside each other; when one fails the others still end, for they write where the next try writes. */
async function allMade(all) {
  const failed = (await Promise.allSettled(all.map(ensureMade))).find(({ reason }) => reason);
  if (failed) throw failed.reason;
}

async function ensureMade(one) {
  if (isMade(one)) return;
  if (one.from) await ensureMade(one.from);
  await one.make();
  mkdirSync(dirname(join(ROOT, one.stamp)), { recursive: true });
  writeFileSync(join(ROOT, one.stamp), fingerprintOf(one.sources()));
}

function isMade({ stamp, sources }) {
  const path = join(ROOT, stamp);
  return existsSync(path) && readFileSync(path, 'utf8') === fingerprintOf(sources());
}

const isOfDashboard = (path) => path.split(/[/\\]/).slice(0, 2).join('/') === DASHBOARD;

function fingerprintOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(ROOT, path)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** @returns {string[]} */
function filesIn(folder) {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .filter(({ name }) => !NOT_COMPILED.test(name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesIn(path) : [path];
    });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await ensureBuilt();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
