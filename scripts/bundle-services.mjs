// For the tests, which start hundreds of services: makes one file of API and dispatcher each, with all packages in
// it. What runs is the compiled code; it starts in half the time, since Node does not look for 2,800 files.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withLock } from './lock.mjs';

const DIST = join(import.meta.dirname, '..', 'dist');
const BUNDLES = join(DIST, 'bundles');
const SERVICES = ['api', 'dispatcher'];
/** Compiled code, and pages that are read from beside it. */
const NOT_BUNDLED = [/^@node-rs\//, /^swagger-ui-dist/];

/** Bundles what `build.mjs` compiled, unless that is done. */
async function ensureBundled() {
  const stamp = join(BUNDLES, '.sources');
  const sources = [join(DIST, '.sources'), import.meta.filename].map((path) =>
    readFileSync(path, 'utf8'),
  );
  const isBundled = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === sources.join('\n');
  if (isBundled()) return;
  await withLock('bundle', async () => {
    if (isBundled()) return;
    rmSync(BUNDLES, { recursive: true, force: true });
    await bundle();
    writeFileSync(stamp, sources.join('\n'));
  });
}

async function bundle() {
  const { rolldown } = await bundlerOfVitest();
  const mains = SERVICES.map((name) => [name, join(DIST, 'apps', name, 'src', 'main.js')]);
  const bundled = await rolldown({
    input: Object.fromEntries(mains),
    platform: 'node',
    external: NOT_BUNDLED,
    plugins: [whereItWas, plainRequire],
    // Packages that Nest would use if they were there.
    onLog: (level, log, show) => log.code !== 'UNRESOLVED_IMPORT' && show(level, log),
  });
  // Nest knows classes by their names.
  await bundled.write({ dir: BUNDLES, format: 'esm', keepNames: true });
}

/** Files that code looks for beside itself are beside the compiled file. */
const whereItWas = {
  name: 'where-it-was',
  transform(code, path) {
    if (!path.startsWith(DIST) || !code.includes('import.meta.')) return undefined;
    return code
      .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
      .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)));
  },
};

/** What a package loads only if it is there is bundled too. */
const plainRequire = {
  name: 'plain-require',
  transform: (code, path) =>
    path.includes('/@nestjs/mapped-types/')
      ? code.replace('const require = createRequire(import.meta.url);', '')
      : undefined,
};

/** Rolldown comes with Vite, which comes with Vitest. */
async function bundlerOfVitest() {
  let path = import.meta.filename;
  for (const name of ['vitest', 'vite', 'rolldown']) path = createRequire(path).resolve(name);
  return import(pathToFileURL(path).href);
}

await ensureBundled();
