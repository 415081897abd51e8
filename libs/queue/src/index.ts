export type { BullWakes } from './bull-wakes.js';
export { MailConsumer, MailQueue } from './mail-queue.js';
export { migrateQueue } from './migrate-queue.js';
export { QueueHealth, type QueueState } from './queue-health.js';
export type { QueueServer, RedisServer } from './queue-server.js';
export { QueueModule } from './queue.module.js';
export { showQueue } from './show-queue.js';
export { MAIL_LISTENER, WAKE_LISTENER, WAKE_SIGNALS, WAKES } from './tokens.js';
export { WakeConsumer } from './wake-consumer.js';
