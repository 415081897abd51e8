import { homeOf, readCredentials } from './credentials.js';
import { DemoError } from './demo-error.js';
import { runDemo } from './demo.js';
import { Narrator } from './narrator.js';
import { parseOptions } from './options.js';
import { seededRandom } from './seeded-random.js';

async function main(): Promise<number> {
  const { seconds, seed, stays } = parseOptions(process.argv.slice(2));
  const credentials = await readCredentials(homeOf());
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  const ok = await runDemo({
    credentials,
    seconds,
    stays,
    narrator: new Narrator(process.stdout),
    random: seed === undefined ? Math.random : seededRandom(seed),
    signal: stop.signal,
  });
  return ok ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof DemoError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
