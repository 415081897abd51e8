import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { COMPILE_CACHE } from '../support/compile-cache.js';

const BUNDLES = join(import.meta.dirname, '../../dist/bundles');
/** Node's own fetch: 25 ms of a start, and 14 MB. We send by the undici of npm. */
const FETCH = 'NativeModule internal/deps/undici/undici';
const TELLS_WHAT_IT_LOADED = `data:text/javascript,${encodeURIComponent(
  `process.on('exit', () => console.log(JSON.stringify(process.moduleLoadList)))`,
)}`;

/** What Node has loaded of its own once a program has ended. */
async function loadedBy(...program: string[]): Promise<string[]> {
  const output = await new Promise<string>((resolve) => {
    const args = ['--import', TELLS_WHAT_IT_LOADED, ...program];
    // Without settings, which come after all of its code.
    execFile(process.execPath, args, { env: COMPILE_CACHE }, (_failed, stdout) => resolve(stdout));
  });
  return JSON.parse(output.trim().split('\n').at(-1)!);
}

it.each(['api', 'dispatcher'])('%s starts without Node’s own fetch', async (name) => {
  const loaded = await loadedBy(join(BUNDLES, `${name}.js`));
  expect(loaded).toContain('NativeModule http');
  expect(loaded).not.toContain(FETCH);
});

it('an import of http would load it', async () => {
  const code = `import 'node:http'`;
  expect(await loadedBy('--input-type=module', '--eval', code)).toContain(FETCH);
});
