export * from './database.js';
export * from './database-unavailable.js';
export * from './encryption.js';
export * from './event-intake/postgres-event-intake.js';
export * from './migrations/migrate.js';
export * from './migrations/migration-error.js';
export * from './migrations/pending-migrations.js';
export { Prisma } from './generated/client.js';
export type { PrismaClient } from './generated/client.js';
