import type { PgPoolClient, PostgresPoolConfig } from 'bullmq';
import { QUEUE_SCHEMA } from './queue-server.js';

const CONNECT_TIMEOUT_MS = 5000;
/** One for each of what a worker does at once. */
const CONNECTIONS = { consumer: 4, producer: 1 };

export function postgresOptions(
  databaseUrl: string,
  role: keyof typeof CONNECTIONS,
): PostgresPoolConfig {
  return {
    connectionString: withoutStartUpOptions(databaseUrl),
    schema: QUEUE_SCHEMA,
    max: CONNECTIONS[role],
    application_name: 'schoolbell-queue',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    onConnect: settle,
  };
}

/**
 * BullMQ sets its schema in the start-up message, which poolers refuse: the options of the URL, though they are empty,
 * win over it.
 */
function withoutStartUpOptions(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  if (!url.searchParams.has('options')) url.searchParams.set('options', '');
  return url.href;
}

/** On a standby nothing of a queue works: such a connection is not kept, and the next one may find the primary. */
async function settle(client: PgPoolClient): Promise<void> {
  const { rows } = await client.query<{ isStandby: boolean }>(
    `SELECT pg_is_in_recovery() AS "isStandby", set_config('search_path', $1, false)`,
    [QUEUE_SCHEMA],
  );
  if (rows[0]!.isStandby) throw new Error('The address of Postgres leads to a standby.');
}
