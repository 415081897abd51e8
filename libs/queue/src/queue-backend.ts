import {
  createRedisBackend,
  PostgresQueueBackend,
  type BackendFactory,
  type IQueueBackend,
  type PostgresPoolConfig,
  type RedisOptions,
} from 'bullmq';
import { PatientPostgresConnection } from './patient-postgres-connection.js';
import { QUEUE_SCHEMA, type QueueServer } from './queue-server.js';

/** A server that does not answer for this long counts as away. */
const COMMAND_TIMEOUT_MS = 5000;
const LONGEST_RECONNECT_DELAY_MS = 2000;

/**
 * Chooses BullMQ's backend by the server that a queue or worker is given as its connection, so that the same
 * queue and worker classes, and `@nestjs/bullmq`, which knows of Redis only, run on either.
 */
export const createQueueBackend: BackendFactory<IQueueBackend, QueueServer> = (
  name,
  { connection: server, ...options },
  role = {},
) => {
  const consumer = role.withBlockingConnection ?? false;
  if (server.redisUrl !== undefined) {
    const connection = redisOptions(server.redisUrl, consumer);
    // A producer asks the server for nothing at connect: a failed question would never be repeated.
    return createRedisBackend(name, { ...options, connection, skipVersionCheck: !consumer }, role);
  }
  const connection = postgresOptions(server.databaseUrl, consumer);
  // The name makes a worker findable in pg_stat_activity, as BullMQ's own factory has it.
  const listenerName = consumer ? name : undefined;
  return new PostgresQueueBackend(
    new PatientPostgresConnection(connection),
    name,
    { ...options, connection },
    true,
    listenerName,
  );
};

function postgresOptions(databaseUrl: string, consumer: boolean): PostgresPoolConfig {
  return {
    connectionString: databaseUrl,
    schema: QUEUE_SCHEMA,
    max: consumer ? 4 : 1,
    application_name: 'schoolbell-queue',
    connectionTimeoutMillis: COMMAND_TIMEOUT_MS,
  };
}

/** A producer fails at once while Redis is away; a consumer waits for it as long as it takes. */
function redisOptions(url: string, consumer: boolean): RedisOptions {
  return consumer
    ? { url, retryStrategy, maxRetriesPerRequest: null }
    : {
        url,
        retryStrategy,
        maxRetriesPerRequest: 0,
        enableOfflineQueue: false,
        commandTimeout: COMMAND_TIMEOUT_MS,
      };
}

function retryStrategy(times: number): number {
  return Math.min(times * 100, LONGEST_RECONNECT_DELAY_MS);
}
