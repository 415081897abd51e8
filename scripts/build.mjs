// Generates the Prisma client and compiles everything to dist/, unless dist/ is up to date. Runs on any
// Node >= 20.19; the compilers run on the Node that node_modules brings.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withLock } from './lock.mjs';

const ROOT = join(import.meta.dirname, '..');
const STAMP = join(ROOT, 'dist', '.sources');
const SOURCES = ['apps', 'libs', 'prisma'];
const SETTINGS = ['nest-cli.json', 'package-lock.json', 'prisma.config.ts', 'tsconfig.json'];
const NOT_COMPILED = /(^|[/\\])(generated|node_modules)$|\.spec\.ts$/;

/**
 * @param {(line: string) => void} log told what is done, when something is
 */
export async function ensureBuilt(log = console.log) {
  const fingerprint = fingerprintOfSources();
  if (stamp() === fingerprint) return;
  await withLock('build', () => {
    // Another process may have built while this one waited.
    if (stamp() === fingerprint) return;
    log('Building …');
    run('prisma', 'generate');
    run('nest', 'build');
    writeFileSync(STAMP, fingerprint);
  });
}

function fingerprintOfSources() {
  const hash = createHash('sha256');
  for (const path of [...SOURCES.flatMap(filesIn), ...SETTINGS, 'tsconfig.build.json']) {
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

function stamp() {
  try {
    return readFileSync(STAMP, 'utf8');
  } catch {
    return undefined;
  }
}

function run(tool, ...args) {
  const bin = join(ROOT, 'node_modules', '.bin');
  const { status, stdout, stderr, error } = spawnSync(join(bin, tool), args, {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` },
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  throw new Error(`"${tool} ${args.join(' ')}" failed:\n${error ?? ''}${stdout}${stderr}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await ensureBuilt();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
