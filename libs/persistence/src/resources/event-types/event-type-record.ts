import type { EventType } from '../../generated/client.js';

/** An event type that the platform or a tenant registered. */
export interface EventTypeRecord {
  id: string;
  /** Null: the platform's, for all tenants. */
  tenantId: string | null;
  type: string;
  /** From 1; rises with each change of schema or example, and goes on when a deleted type is registered again. */
  version: number;
  description: string;
  /** JSON text. */
  schema: string;
  /** JSON text. */
  example: string;
  createdAt: Date;
  updatedAt: Date;
}

export interface EventTypeDraft {
  type: string;
  description: string;
  /** JSON text. */
  schema: string;
  /** JSON text. */
  example: string;
}

export function toEventTypeRecord(row: EventType): EventTypeRecord {
  const { deletedAt: _, ...record } = row;
  return record;
}
