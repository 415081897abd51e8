export * from './an-author.js';
export * from './api-client.js';
export * from './certificates.js';
export * from './closing.js';
export * from './create-database.js';
export * from './create-owned-database.js';
export * from './database-test.js';
export * from './customer.js';
export * from './eventually.js';
export * from './join-schoolbell.js';
export * from './long-runs.js';
export * from './queue-backends.js';
export * from './reserved-port.js';
export * from './scrape.js';
export * from './seed.js';
export { linesOf, ServiceProcess } from './service-process.js';
export * from './start-collector.js';
export * from './start-cuttable-proxy.js';
export * from './start-forward-proxy.js';
export * from './start-lrs.js';
export * from './start-mail-server.js';
export * from './start-own-postgres.js';
export {
  startReceiver,
  type ReceivedRequest,
  type Receiver,
  type Reply,
} from './start-receiver.js';
export { askRedis, type RedisProcess } from './redis-process.js';
export * from './start-redis.js';
export * from './start-redis-cluster.js';
export * from './start-redis-with-sentinels.js';
export * from './start-schoolbell.js';
export * from './start-stopping-postgres.js';
export * from './world.js';
