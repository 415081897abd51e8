import type { EventRecord } from '@schoolbell/delivery';
import type { Event } from '../../generated/client.js';

export function toEventRecord(event: Event): EventRecord {
  const { id, tenantId, type, occurredAt, acceptedAt, payload } = event;
  return { id, tenantId, type, occurredAt, acceptedAt, payload };
}
