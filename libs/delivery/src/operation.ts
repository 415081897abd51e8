/** What somebody can start for a dispatcher to do in the background. */
export const OPERATION_KINDS = ['retry', 'discard', 'replay', 'erasure'] as const;
export type OperationKind = (typeof OPERATION_KINDS)[number];

/** `failed`: it could not go on, such as a replay whose webhook was deleted; what was done stays done. */
export const OPERATION_STATUSES = ['running', 'completed', 'cancelled', 'failed'] as const;
export type OperationStatus = (typeof OPERATION_STATUSES)[number];

/** One bounded part of an operation, as it was committed. */
export interface OperationStep {
  operationId: string;
  /** UUID. */
  tenantId: string;
  kind: OperationKind;
  status: OperationStatus;
  /** Deliveries that it moved, and those that it could not move; for an erasure, events that it erased. */
  done: number;
  failed: number;
  /** Webhooks that have deliveries due because of it, each once: to be woken. */
  webhookIds: string[];
}
