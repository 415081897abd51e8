import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDatabase } from './create-database.js';
import type { PostgresForTests } from './provided.js';
import { logsOfServices } from './service-process.js';
import { startSchoolbell, type Schoolbell } from './start-schoolbell.js';

/** What it takes to join a running Schoolbell, as JSON. */
export interface SchoolbellAddress {
  apiUrl: string;
  platformKey: string;
  databaseUrl: string;
  /** In base64. */
  encryptionKey: string;
}

/**
 * One Schoolbell for the files of all workers, which is started when the first of them asks for it.
 *
 * @returns a URL that answers with its {@link SchoolbellAddress}; `/logs` has what its processes have logged, and
 *   `/ends-of-logs` the end of that, to show beside a test that failed
 */
export async function offerSchoolbell(
  postgres: PostgresForTests,
): Promise<{ url: string; stop: () => Promise<void> }> {
  let running: Promise<Schoolbell> | undefined;
  const answer = async ({ url }: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (url === '/ends-of-logs') return void response.end(logsOfServices());
    running ??= start(postgres);
    const schoolbell = await running;
    response.end(url === '/logs' ? logsOf(schoolbell) : JSON.stringify(addressOf(schoolbell)));
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      const schoolbell = await running?.catch(() => undefined);
      await schoolbell?.stop();
    },
  };
}

async function start(postgres: PostgresForTests): Promise<Schoolbell> {
  const database = await createDatabase(postgres);
  return startSchoolbell({ database, env: { TRUSTED_PROXIES: '127.0.0.1/32' } });
}

const logsOf = ({ api, dispatchers }: Schoolbell): string =>
  [api, ...dispatchers].map(({ logs }) => logs).join('\n');

function addressOf({
  apiUrl,
  platformKey,
  database,
  encryptionKey,
}: Schoolbell): SchoolbellAddress {
  return {
    apiUrl,
    platformKey,
    databaseUrl: database.url,
    encryptionKey: encryptionKey.toString('base64'),
  };
}
