import {
  PostgresQueueBackend,
  QueueKeys,
  RedisConnection,
  RedisQueueBackend,
  type BackendFactory,
  type IQueueBackend,
  type QueueOptions,
} from 'bullmq';
import { PatientPostgresConnection } from './patient-postgres-connection.js';
import { postgresOptions } from './postgres-options.js';
import type { QueueServer, RedisServer } from './queue-server.js';
import { createRedisClient, type RedisUse } from './redis-client.js';

/**
 * A worker connects anew when the answer to a command that blocks is overdue, as when the node of a cluster dies. If the
 * cluster is still down then, ioredis connects again later, but never says so to whoever asked first: the worker would
 * wait for that for ever, and take no more jobs, without a word. Here it hears that the connection is ready, too.
 */
class ReconnectingConnection extends RedisConnection {
  override async reconnect(): Promise<void> {
    const client = await this.client;
    const { promise: isReady, resolve: hear } = Promise.withResolvers<void>();
    client.once('ready', hear);
    try {
      await Promise.race([super.reconnect(), isReady]);
    } finally {
      client.removeListener('ready', hear);
    }
  }
}

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
    new ReconnectingConnection(createRedisClient(server, use), {
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
  const connection = postgresOptions(databaseUrl, consumer ? 'consumer' : 'producer');
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
