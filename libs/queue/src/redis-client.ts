import { Cluster, Redis, type ClusterOptions, type RedisOptions } from 'ioredis';
import type { RedisSentinels, RedisServer } from './queue-server.js';

/** A server that does not answer for this long counts as away. */
const COMMAND_TIMEOUT_MS = 5000;
/** Longer than BullMQ has a worker wait for its next job, which is up to 10 s. */
const LONGEST_WAIT_MS = 15_000;
const SENTINEL_TIMEOUT_MS = 2000;
const LONGEST_RECONNECT_DELAY_MS = 2000;
const SENTINEL_PORT = 26_379;

/**
 * What a server answers that is not the master, not yet, or not any more. Redis 6 has it within the error of a
 * script, after a dash.
 */
const NOT_THE_MASTER = /(?:^|-)(?:READONLY|LOADING|MASTERDOWN|NOREPLICAS|UNBLOCKED)\b/;

type Endpoint = Pick<RedisOptions, 'username' | 'password'> & { host: string; port?: number };

/**
 * What a client is for: `adding` jobs fails at once while Redis is away; `taking` them, and `waiting` for them with
 * commands that block, takes as long as it takes.
 */
export type RedisUse = 'adding' | 'taking' | 'waiting';

/** Connects to the server, and to whichever takes its place. Every connection to Redis is made here. */
export function createRedisClient(server: RedisServer, use: RedisUse): Redis | Cluster {
  const { urls, cluster, sentinels } = server;
  const [url = 'redis://localhost'] = urls;
  const options = OPTIONS[use];
  const enableOfflineQueue = use !== 'adding';
  if (cluster) return new Cluster([...urls], { ...ofCluster(url, options), enableOfflineQueue });
  const ofServer = { ...options, enableOfflineQueue, retryStrategy: reconnectDelay };
  return new Redis(url, { ...ofServer, ...(sentinels && bySentinels(url, sentinels)) });
}

/** @param times how often it was tried. @returns milliseconds */
function reconnectDelay(times: number): number {
  return Math.min(times * 100, LONGEST_RECONNECT_DELAY_MS);
}

type NodeOptions = NonNullable<ClusterOptions['redisOptions']>;

const EVERYBODY: NodeOptions = {
  connectTimeout: COMMAND_TIMEOUT_MS,
  // A machine that has vanished closes no connection: without this, its successor is found after minutes.
  socketTimeout: COMMAND_TIMEOUT_MS,
  reconnectOnError: ({ message }) => NOT_THE_MASTER.test(message),
};
const PATIENT: NodeOptions = { ...EVERYBODY, maxRetriesPerRequest: null };

const OPTIONS: Record<RedisUse, NodeOptions> = {
  adding: { ...EVERYBODY, maxRetriesPerRequest: 0, commandTimeout: COMMAND_TIMEOUT_MS },
  taking: PATIENT,
  waiting: { ...PATIENT, socketTimeout: LONGEST_WAIT_MS },
};

/** Every node is reached as the first one is. */
function ofCluster(url: string, options: NodeOptions): ClusterOptions {
  const { username, password } = endpointOf(url);
  return {
    redisOptions: { ...options, username, password, ...(isTls(url) && { tls: {} }) },
    clusterRetryStrategy: reconnectDelay,
    // By name, not by the address that it resolves to: certificates have names.
    dnsLookup: (name, found) => found(null, name),
  };
}

function bySentinels(url: string, { urls, master }: RedisSentinels): RedisOptions {
  const endpoints = urls.map(endpointOf);
  const [first] = endpoints;
  return {
    name: master,
    sentinels: endpoints.map(({ host, port = SENTINEL_PORT }) => ({ host, port })),
    sentinelUsername: first?.username,
    sentinelPassword: first?.password,
    sentinelCommandTimeout: SENTINEL_TIMEOUT_MS,
    ...(urls.some(isTls) && { sentinelTLS: {} }),
    enableTLSForSentinelMode: isTls(url),
  };
}

function isTls(url: string): boolean {
  return url.startsWith('rediss:');
}

function endpointOf(url: string): Endpoint {
  const { hostname, port, username, password } = new URL(url);
  return {
    // An IPv6 address stands in brackets in a URL alone.
    host: hostname.replaceAll(/^\[|\]$/g, ''),
    ...(port && { port: Number(port) }),
    ...(username && { username: decodeURIComponent(username) }),
    ...(password && { password: decodeURIComponent(password) }),
  };
}
