export type { NameServerSource, QueryOptions } from './name-servers.js';
export { createSender, type SenderOptions } from './sender.js';
