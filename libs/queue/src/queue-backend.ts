import {
  PostgresQueueBackend,
  QueueKeys,
  RedisConnection,
  RedisQueueBackend,
  type BackendFactory,
  type IQueueBackend,
  type PostgresPoolConfig,
  type QueueOptions,
} from 'bullmq';
import { PatientPostgresConnection } from './patient-postgres-connection.js';
import { QUEUE_SCHEMA, type QueueServer, type RedisServer } from './queue-server.js';
import { createRedisClient, type RedisUse } from './redis-client.js';

const CONNECT_TIMEOUT_MS = 5000;

/** Of all keys in Redis. What stands in braces decides the slot of a cluster: all keys of our queues are in one. */
const PREFIX = { server: 'bull', cluster: '{bull}' };

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
  return server.redis
    ? redisBackend(name, server.redis, options, consumer)
    : postgresBackend(name, server.databaseUrl, options, consumer);
};

type BackendOptions = Omit<QueueOptions, 'connection'>;

function redisBackend(
  name: string,
  server: RedisServer,
  options: BackendOptions,
  consumer: boolean,
): RedisQueueBackend {
  const connection = (use: RedisUse) =>
    new RedisConnection(createRedisClient(server, use), {
      blocking: use === 'waiting',
      // Who adds asks the server for nothing at connect: a failed question would never be repeated.
      skipVersionCheck: use === 'adding',
    });
  const prefix = server.cluster ? PREFIX.cluster : PREFIX.server;
  const keys = new QueueKeys(prefix);
  const own: QueueOptions = { ...options, prefix, connection: {} };
  return new RedisQueueBackend(
    connection(consumer ? 'taking' : 'adding'),
    name,
    keys.getKeys(name),
    (type) => keys.toKey(name, type),
    own,
    consumer ? connection('waiting') : undefined,
  );
}

function postgresBackend(
  name: string,
  databaseUrl: string,
  options: BackendOptions,
  consumer: boolean,
): PostgresQueueBackend {
  const connection = postgresOptions(databaseUrl, consumer);
  // The name makes a worker findable in pg_stat_activity, as BullMQ's own factory has it.
  const listenerName = consumer ? name : undefined;
  return new PostgresQueueBackend(
    new PatientPostgresConnection(connection),
    name,
    { ...options, connection },
    true,
    listenerName,
  );
}

function postgresOptions(databaseUrl: string, consumer: boolean): PostgresPoolConfig {
  return {
    connectionString: databaseUrl,
    schema: QUEUE_SCHEMA,
    max: consumer ? 4 : 1,
    application_name: 'schoolbell-queue',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  };
}
