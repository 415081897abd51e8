import type { ConfigFault } from './config-error.js';

/** A Redis or Valkey: one server, a cluster, or whichever server the sentinels call their master. */
export interface RedisSettings {
  /**
   * The server, or nodes of the cluster. With sentinels at most one, for the user, password, database and TLS of the
   * servers that they name.
   */
  readonly urls: readonly string[];
  readonly cluster: boolean;
  readonly sentinels: { readonly urls: readonly string[]; readonly master: string } | undefined;
}

/** What each setting says for itself. */
interface RedisValues {
  redisUrl: readonly string[] | undefined;
  redisSentinels: readonly string[] | undefined;
  redisMaster: string | undefined;
  redisCluster: boolean;
}

/** What the settings of Redis say together. @returns `undefined` without a Redis */
export function redisSettings(values: RedisValues): RedisSettings | undefined {
  const { redisUrl: urls = [], redisSentinels, redisMaster, redisCluster: cluster } = values;
  const sentinels =
    redisSentinels && redisMaster !== undefined
      ? Object.freeze({ urls: Object.freeze([...redisSentinels]), master: redisMaster })
      : undefined;
  if (urls.length === 0 && !sentinels) return undefined;
  return Object.freeze({ urls: Object.freeze([...urls]), cluster, sentinels });
}

/** What is wrong with settings each of which is right for itself. */
export function contradictionsOfRedis(values: Partial<RedisValues>): ConfigFault[] {
  const { redisUrl, redisSentinels, redisMaster, redisCluster } = values;
  const faults: ConfigFault[] = [];
  const fault = (setting: string, message: string) => void faults.push({ setting, message });
  if (redisSentinels && redisMaster === undefined) fault('REDIS_MASTER', MASTER_MISSING);
  if (redisMaster !== undefined && !redisSentinels) fault('REDIS_SENTINELS', SENTINELS_MISSING);
  if (redisCluster && redisSentinels) fault('REDIS_CLUSTER', CLUSTER_OR_SENTINELS);
  else if (redisCluster && !redisUrl) fault('REDIS_URL', NODES_MISSING);
  if (redisCluster && redisUrl?.some(hasDatabase)) fault('REDIS_URL', CLUSTER_DATABASE);
  if (!redisCluster && redisUrl && redisUrl.length > 1) fault('REDIS_URL', SEVERAL);
  return faults;
}

const MASTER_MISSING =
  'is required with REDIS_SENTINELS: the name under which they watch the master, such as mymaster';
const SENTINELS_MISSING = 'is required with REDIS_MASTER: host:26379 of each, separated by commas';
const CLUSTER_OR_SENTINELS =
  'must not be true with REDIS_SENTINELS: the nodes of a cluster watch each other. Unset the one that you do not have';
const NODES_MISSING =
  'is required with REDIS_CLUSTER: one or more nodes, such as redis://node-1:6379,node-2:6379';
const CLUSTER_DATABASE =
  'must not end with the number of a database with REDIS_CLUSTER: a cluster has one database only';
const SEVERAL =
  'names several servers: set REDIS_CLUSTER=true if they are a cluster, else leave one. If sentinels watch them, name these with REDIS_SENTINELS and REDIS_MASTER';

function hasDatabase(url: string): boolean {
  return !['', '/', '/0'].includes(new URL(url).pathname);
}
