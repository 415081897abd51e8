import { toTypeId } from '@schoolbell/ids';
import { type OperationKind, type ReplaySelection } from '@schoolbell/delivery';
import type { Change } from '../database/record-change.js';
import type { Prisma } from '../generated/client.js';
import type { DeadLetterSelection } from '../resources/deliveries/delivery-filter.js';
import type { OperationRow } from './operation-row.js';

/** An operation that somebody starts. */
export type NewOperation =
  | { kind: Exclude<OperationKind, 'replay' | 'erasure'>; selection: DeadLetterSelection }
  | { kind: 'replay'; selection: ReplaySelection };

const ACTIONS = {
  retry: 'dead_letters.retried',
  discard: 'dead_letters.discarded',
  replay: 'webhook.replayed',
} as const;

/** What the audit log says of an operation that was started: of which resource, and what was asked for. */
export function operationStarted(
  tenantId: string,
  { id, total }: Pick<OperationRow, 'id' | 'total'>,
  operation: NewOperation,
): Change {
  const operationId = toTypeId('operation', id);
  const ofWebhook = operation.kind === 'replay';
  return {
    tenantId,
    action: ACTIONS[operation.kind],
    resource: ofWebhook
      ? { kind: 'webhook', id: toTypeId('webhook', operation.selection.webhookId) }
      : { kind: 'operation', id: operationId },
    after: ofWebhook
      ? { operationId, total, ...replayAsked(operation.selection) }
      : { total, ...deadLettersAsked(operation.selection) },
  };
}

/** What the audit log says of an operation that somebody ended. */
export function operationCancelled(tenantId: string, { id }: Pick<OperationRow, 'id'>): Change {
  return {
    tenantId,
    action: 'operation.cancelled',
    resource: { kind: 'operation', id: toTypeId('operation', id) },
    before: { status: 'running' },
    after: { status: 'cancelled' },
  };
}

/** As the request has it. Undefined fields are left out of JSON. */
function deadLettersAsked(selection: DeadLetterSelection): Prisma.InputJsonObject {
  const { deliveryIds, webhookId, eventType, from, to, ...others } = selection;
  return {
    ...others,
    ids: deliveryIds?.map((id) => toTypeId('delivery', id)),
    webhookId: webhookId && toTypeId('webhook', webhookId),
    type: eventType,
    from: from?.toISOString(),
    to: to?.toISOString(),
  };
}

function replayAsked({
  from,
  to,
  eventTypes,
  onlyMissing,
}: ReplaySelection): Prisma.InputJsonObject {
  return { from: from.toISOString(), to: to.toISOString(), types: eventTypes, onlyMissing };
}
