import type { EventRecord, TimeRange } from '@schoolbell/delivery';
import type { Database } from '../../database/database.js';
import { Prisma } from '../../generated/client.js';
import { inTimeRange } from '../../database/id-range.js';
import type { PageRequest } from '../../database/page-request.js';
import { readAsTenant } from '../../database/read-as-tenant.js';
import { readList } from '../../database/read-list.js';
import { EVENT_COLUMNS } from './event-record.js';
import { findEvent } from './find-event.js';

/** Which events of a tenant. `from` and `to` are of `acceptedAt`: what was missed is known by when it came. */
export interface EventFilter extends TimeRange {
  type?: string | undefined;
}

const ID = Prisma.sql`id`;
const ACCEPTED_AT = Prisma.sql`accepted_at`;

/** Reads the events that were accepted. Nothing here sees another tenant's. */
export class EventRepository {
  constructor(private readonly db: Database) {}

  /** Newest first, without the events of tests. @throws ListTooSlowError */
  async list(tenantId: string, filter: EventFilter, page: PageRequest): Promise<EventRecord[]> {
    const conditions = [
      Prisma.sql`tenant_id = ${tenantId}::uuid AND NOT test`,
      ...(filter.type === undefined ? [] : [Prisma.sql`type = ${filter.type}`]),
      ...inTimeRange(ID, ACCEPTED_AT, filter),
      ...(page.before ? [Prisma.sql`id < ${page.before}::uuid`] : []),
    ];
    const query = Prisma.sql`
      SELECT ${EVENT_COLUMNS} FROM events WHERE ${Prisma.join(conditions, ' AND ')}
      ORDER BY id DESC LIMIT ${page.limit}`;
    return readList<EventRecord>(this.db, tenantId, query);
  }

  /** Also the event of a test. */
  async find(tenantId: string, id: string): Promise<EventRecord | undefined> {
    return readAsTenant(this.db, tenantId, (rows) => findEvent(rows, tenantId, id));
  }
}
