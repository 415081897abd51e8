import type { ReadRows } from '../../database/read-transaction.js';
import { Prisma } from '../../generated/client.js';
import { EVENT_COLUMNS_WITH_SUBJECTS, type EventWithSubjects } from './event-record.js';

/** Also the event of a test. @returns `undefined` also once it was pruned */
export async function findEvent(
  rows: ReadRows,
  tenantId: string,
  id: string,
): Promise<EventWithSubjects | undefined> {
  const [event] = await rows<EventWithSubjects>(Prisma.sql`
    SELECT ${EVENT_COLUMNS_WITH_SUBJECTS} FROM events WHERE id = ${id}::uuid AND tenant_id = ${tenantId}::uuid`);
  return event;
}
