import { PostgresConnection } from 'bullmq';
import { QUEUE_SCHEMA } from './queue-server.js';

/**
 * Creates or upgrades BullMQ's tables in their own schema of this database. Needed only without Redis, does
 * no harm with it, and may run in many processes at once: BullMQ takes an advisory lock.
 *
 * @throws when Postgres cannot be reached or refuses
 */
export async function migrateQueue(databaseUrl: string): Promise<void> {
  const connection = new PostgresConnection({
    connectionString: databaseUrl,
    schema: QUEUE_SCHEMA,
    max: 1,
    migrate: true,
  });
  try {
    await connection.waitUntilReady();
  } finally {
    await connection.close();
  }
}
