// Generates the Prisma client and compiles everything to dist/, unless dist/ is up to date. Runs on any
// Node >= 20.19; the compilers run on the Node that node_modules brings.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withLock } from './lock.mjs';
import { runQuietly } from './tools.mjs';

const ROOT = join(import.meta.dirname, '..');
const STAMP = join(ROOT, 'dist', '.sources');
const GENERATED = join(ROOT, 'libs', 'persistence', 'src', 'generated');
const SOURCES = ['apps', 'libs', 'prisma'];
const SETTINGS = ['nest-cli.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];
const NOT_COMPILED = /(^|[/\\])(generated|node_modules)$|\.spec\.ts$/;

/**
 * @param {(line: string) => void} log told what is done, when something is
 */
export async function ensureBuilt(log = console.log) {
  const fingerprint = fingerprintOfSources();
  if (isBuilt(fingerprint)) return;
  await withLock('build', () => {
    // Another process may have built while this one waited.
    if (isBuilt(fingerprint)) return;
    log('Building …');
    generate();
    runQuietly('nest', ['build']);
    writeFileSync(STAMP, fingerprint);
  });
}

/** Generates the Prisma client when there is none for this schema: what types and unit specs need. */
export async function ensureGenerated() {
  await withLock('build', generate);
}

function generate() {
  const marker = join(GENERATED, '.schema');
  const schema = fingerprintOf(['prisma/schema.prisma', 'package-lock.json']);
  if (existsSync(marker) && readFileSync(marker, 'utf8') === schema) return;
  runQuietly('prisma', ['generate']);
  writeFileSync(marker, schema);
}

function fingerprintOfSources() {
  return fingerprintOf([...SOURCES.flatMap(filesIn), ...SETTINGS]);
}

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

function isBuilt(fingerprint) {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === fingerprint;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await ensureBuilt();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
