/** Where the queue lives: on Redis when there is one, else on the Postgres that is there anyway. */
export interface QueueServer {
  /** `redis://` or `rediss://`; wins over Postgres. */
  redisUrl?: string | undefined;
  databaseUrl: string;
}

/** Postgres schema of BullMQ's tables; its own, so that our migrations and its never meet. */
export const QUEUE_SCHEMA = 'bullmq';
