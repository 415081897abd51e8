export * from './api-client.js';
export * from './create-database.js';
export * from './eventually.js';
export * from './queue-backends.js';
export * from './seed.js';
export { ServiceProcess } from './service-process.js';
export * from './start-receiver.js';
export * from './start-redis.js';
export * from './start-schoolbell.js';
