import type { EventRecord } from '@schoolbell/delivery';

/** What the document says of an event. Ids are TypeIDs, as receivers see them. */
export interface DocumentEvent extends Pick<EventRecord, 'type' | 'occurredAt' | 'payload'> {
  id: string;
  tenantId: string;
}

export interface DocumentWebhook {
  id: string;
  metadata: Readonly<Record<string, unknown>>;
}

export interface DocumentDelivery {
  id: string;
  /** 1, 2, 3 … over the delivery's life. */
  attempt: number;
}

/** The document of a filter, as JSON text: `{id, type, occurredAt, tenantId, data}`. */
export function filterDocument(event: DocumentEvent): string {
  return `{${eventFields(event)}}`;
}

/** The document of a template, as JSON text: that of a filter and `{webhook, delivery}`. */
export function templateDocument(
  event: DocumentEvent,
  { id, metadata }: DocumentWebhook,
  delivery: DocumentDelivery,
): string {
  const webhook = JSON.stringify({ id, metadata });
  const { id: deliveryId, attempt } = delivery;
  return (
    `{${eventFields(event)},"webhook":${webhook}` +
    `,"delivery":${JSON.stringify({ id: deliveryId, attempt })}}`
  );
}

/** The stored payload goes in as the text it is: it is parsed once, in the evaluator. */
function eventFields({ id, type, occurredAt, tenantId, payload }: DocumentEvent): string {
  return (
    `"id":${JSON.stringify(id)},"type":${JSON.stringify(type)}` +
    `,"occurredAt":"${occurredAt.toISOString()}","tenantId":${JSON.stringify(tenantId)}` +
    `,"data":${payload}`
  );
}
