import { plain, type AuditedFields } from '../../database/changed-fields.js';
import type { Change } from '../../database/record-change.js';
import type { EventTypeRecord } from './event-type-record.js';

/** What the audit log tells of an event type: schema and example as the JSON text that they are stored as. */
export function auditedEventType(eventType: EventTypeRecord): AuditedFields {
  return {
    version: plain(eventType.version),
    description: plain(eventType.description),
    schema: plain(eventType.schema),
    example: plain(eventType.example),
  };
}

/** Whose a change of an event type is, and of which: its name is its id. */
export function ofEventType({
  tenantId,
  type,
}: Pick<EventTypeRecord, 'tenantId' | 'type'>): Pick<Change, 'tenantId' | 'resource'> {
  return { tenantId, resource: { kind: 'event_type', id: type } };
}
