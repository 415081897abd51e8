import { ApiProperty } from '@nestjs/swagger';
import {
  OPERATION_KINDS,
  OPERATION_STATUSES,
  type OperationKind,
  type OperationStatus,
} from '@schoolbell/delivery';
import { toTypeId } from '@schoolbell/ids';
import type { OperationRow } from '@schoolbell/persistence';

/** A background operation. */
export class OperationDocument {
  @ApiProperty()
  id!: string;

  @ApiProperty({ enum: OPERATION_KINDS })
  kind!: OperationKind;

  @ApiProperty({
    enum: OPERATION_STATUSES,
    description: '`failed`: it could not go on, for example because its webhook was deleted.',
  })
  status!: OperationStatus;

  @ApiProperty({
    type: 'integer',
    description:
      'How many deliveries it is about or, for an erasure, events; an estimate for a replay of more than 100,000 events. Corrected at the end, for example if others retried some of them meanwhile.',
  })
  total!: number;

  @ApiProperty({ type: 'integer' })
  done!: number;

  @ApiProperty({ type: 'integer', description: 'How many of them could not be processed.' })
  failed!: number;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'Null while it runs.',
  })
  finishedAt!: string | null;
}

export const OPERATION_EXAMPLE: OperationDocument = {
  id: 'op_01jdbg2h8fe4ys9rk0m7c3v5qd',
  kind: 'retry',
  status: 'running',
  total: 12_408,
  done: 3_000,
  failed: 0,
  createdAt: '2026-11-22T14:40:00.112Z',
  finishedAt: null,
};

/** The answer to a request that starts an operation, for the documentation. */
export function operationStarted(kind: OperationDocument['kind']) {
  return {
    status: 202,
    description: 'The operation runs in the background: see `GET /v1/operations/{id}`.',
    type: OperationDocument,
    example: { ...OPERATION_EXAMPLE, kind, done: 0 },
  };
}

export function presentOperation(row: OperationRow): OperationDocument {
  return {
    ...row,
    id: toTypeId('operation', row.id),
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}
