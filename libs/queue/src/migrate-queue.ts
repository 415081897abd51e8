import { PostgresConnection } from 'bullmq';
import { QUEUE_SCHEMA } from './queue-server.js';

/**
 * Creates or upgrades BullMQ's tables in their own schema of this database, as a step before a deployment. A process
 * that finds the tables missing creates them itself, so this is for database users without the right to do so. Needed
 * only without Redis; may run many times and in many processes at once.
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
