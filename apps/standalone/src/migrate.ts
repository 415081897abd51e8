// Brings the database of DATABASE_URL to this version, as a step of its own before API and dispatcher start.
import { ConfigError, loadConfig } from '@schoolbell/config';
import { migrate, requireSessions } from '@schoolbell/persistence';
import { databaseFaultInWords } from './database-fault-in-words.js';
import { OperatorError } from '@schoolbell/process';
import { tell, warn } from './terminal.js';

try {
  const { databaseUrl, databaseDirectUrl } = loadConfig();
  if (databaseUrl === undefined) {
    throw new ConfigError([{ setting: 'DATABASE_URL', message: 'is required' }]);
  }
  await apply(databaseDirectUrl ?? databaseUrl);
} catch (error) {
  if (!(error instanceof OperatorError || error instanceof ConfigError)) throw error;
  warn(error.message);
  process.exitCode = 1;
}

async function apply(databaseUrl: string): Promise<void> {
  try {
    await requireSessions({ url: databaseUrl });
    const applied = await migrate(databaseUrl, { log: tell });
    if (applied.length === 0) tell('The database is up to date.');
  } catch (error) {
    throw databaseFaultInWords(error, databaseUrl);
  }
}
