import type { IncomingEvent } from '@schoolbell/delivery';
import { joinColumns } from './join-columns.js';
import { sql } from '../steps/statement.js';

/** The event that an idempotency key belongs to. */
export interface KeyOwner {
  eventId: string;
  bodyHash: Buffer;
  deliveries: number;
}

export type KeyOwnerRow = [index: number, eventId: string, bodyHash: Buffer, deliveries: number];

export const KEY_OWNERS = sql`
SELECT i.index::integer, k.event_id, k.body_hash, k.deliveries
FROM unnest(string_to_array($2, $1)::uuid[], string_to_array($3, $1))
  WITH ORDINALITY AS i (tenant_id, key, index)
JOIN idempotency_keys k ON k.tenant_id = i.tenant_id AND k.key = i.key`;

/** Identifies an event's idempotency key across tenants; `undefined` when it has none. */
export function keyOf(event: IncomingEvent): string | undefined {
  return event.idempotency && `${event.tenantId} ${event.idempotency.key}`;
}

/** Looks up who holds the keys of these events; `index` counts them from 1. */
export function keyOwnersStatement(events: readonly IncomingEvent[]): {
  name: string;
  text: string;
  values: string[];
  rowMode: 'array';
} {
  const values = joinColumns(events, [
    { of: (event) => event.tenantId },
    { of: (event) => event.idempotency?.key },
  ]);
  return { name: 'idempotency_key_owners', text: KEY_OWNERS, values, rowMode: 'array' };
}
