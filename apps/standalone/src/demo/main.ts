import { ConfigError, loadConfig, readEnvironment } from '@schoolbell/config';
import { readCredentials } from './credentials.js';
import { DemoError } from './demo-error.js';
import { runDemo } from './demo.js';
import { Narrator } from './narrator.js';
import { parseOptions } from './options.js';

async function main(): Promise<number> {
  const { seconds } = parseOptions(process.argv.slice(2));
  const { schoolbellHome } = loadConfig(readEnvironment(process.cwd()));
  const credentials = await readCredentials(schoolbellHome);
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  const ok = await runDemo({
    credentials,
    seconds,
    narrator: new Narrator(process.stdout),
    random: Math.random,
    signal: stop.signal,
  });
  return ok ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof DemoError || error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
