/** Where the queue lives: on Redis when there is one, else on the Postgres that is there anyway. */
export interface QueueServer {
  /** Wins over Postgres. */
  redis?: RedisServer | undefined;
  databaseUrl: string;
}

/** A Redis or Valkey: one server, a cluster, or whichever server the sentinels call their master. */
export interface RedisServer {
  /**
   * `redis://` or `rediss://`: the server, or the nodes of a cluster to ask first. With sentinels there may be one,
   * for the user, password, database and TLS of the servers that they name; its host means nothing.
   */
  urls: readonly string[];
  cluster: boolean;
  sentinels?: RedisSentinels | undefined;
}

export interface RedisSentinels {
  /** `redis://` or `rediss://`, with the sentinels' own user and password. */
  urls: readonly string[];
  /** The name under which they watch the master. */
  master: string;
}

/** Postgres schema of BullMQ's tables; its own, so that our migrations and its never meet. */
export const QUEUE_SCHEMA = 'bullmq';
