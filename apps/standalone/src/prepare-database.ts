// The process of a `Preparation`: does what its parent asks once, answers, and ends.
import { migrate, requireEncryptionKeys, requireSessions } from '@schoolbell/persistence';
import { ensureCredentials, type Credentials, type CredentialsOptions } from './credentials.js';
import { databaseFaultInWords } from './database-fault-in-words.js';
import { OperatorError } from '@schoolbell/process';
import type { Prepared } from './preparation.js';
import { keysOf } from './secrets.js';
import { tell } from './terminal.js';

process.once('message', async (options: CredentialsOptions) => {
  const prepared = await prepare(options).then((credentials) => ({ credentials }), faultOf);
  process.send!(prepared, () => process.exit(0));
});
process.channel!.ref();

async function prepare(options: CredentialsOptions): Promise<Credentials> {
  const { databaseUrl: url, encryptionKey } = options;
  try {
    await requireSessions({ url });
    await migrate(url, { log: tell });
    await requireEncryptionKeys({ url, encryptionKeys: keysOf(encryptionKey) });
  } catch (error) {
    throw databaseFaultInWords(error, url);
  }
  return ensureCredentials(options);
}

function faultOf(error: unknown): Prepared {
  if (error instanceof OperatorError) {
    return { operatorError: { code: error.code, message: error.message } };
  }
  return { stack: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
