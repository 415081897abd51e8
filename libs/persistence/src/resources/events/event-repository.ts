import type { Database } from '../../database/database.js';
import type { ListPart, PageRequest } from '../../database/page-request.js';
import { readAsTenant } from '../../database/read-as-tenant.js';
import type { EventFilter } from './event-filter.js';
import type { EventWithSubjects } from './event-record.js';
import { findEvent } from './find-event.js';
import { type ListedEvent, listEvents } from './list-events.js';

/** Reads the events that were accepted. Nothing here sees another tenant's. */
export class EventRepository {
  constructor(private readonly db: Database) {}

  /** Newest first, without the events of tests, each with how its deliveries stand. @throws ListTooSlowError */
  async list(
    tenantId: string,
    filter: EventFilter,
    page: PageRequest,
  ): Promise<ListPart<ListedEvent>> {
    return listEvents(this.db, tenantId, filter, page);
  }

  /** Also the event of a test. */
  async find(tenantId: string, id: string): Promise<EventWithSubjects | undefined> {
    return readAsTenant(this.db, tenantId, (rows) => findEvent(rows, tenantId, id));
  }
}
