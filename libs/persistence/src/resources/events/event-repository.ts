import type { EventRecord, TimeRange } from '@schoolbell/delivery';
import type { Database } from '../../database/database.js';
import type { Event } from '../../generated/client.js';
import { Prisma } from '../../generated/client.js';
import { inTimeRange } from '../../database/id-range.js';
import type { PageRequest } from '../../database/page-request.js';
import { readList } from '../../database/read-list.js';
import { toEventRecord } from './event-record.js';

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
      SELECT id, tenant_id AS "tenantId", type, occurred_at AS "occurredAt",
             accepted_at AS "acceptedAt", payload
      FROM events WHERE ${Prisma.join(conditions, ' AND ')}
      ORDER BY id DESC LIMIT ${page.limit}`;
    return readList<Event>(this.db, tenantId, query);
  }

  /** Also the event of a test. */
  async find(tenantId: string, id: string): Promise<EventRecord | undefined> {
    const event = await this.db.prisma.event.findFirst({ where: { id, tenantId } });
    return event ? toEventRecord(event) : undefined;
  }
}
