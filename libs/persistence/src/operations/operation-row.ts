import type { OperationKind, OperationStatus } from '@schoolbell/delivery';
import { Prisma } from '../generated/client.js';

/** An operation as people see it. `done` and `failed` add up to `total` once it is completed. */
export interface OperationRow {
  id: string;
  kind: OperationKind;
  status: OperationStatus;
  /**
   * As many as there were when it began, estimated for a replay of very many events; never below what is
   * done. What others did meanwhile is taken off at the end.
   */
  total: number;
  done: number;
  failed: number;
  createdAt: Date;
  finishedAt: Date | null;
}

/** The columns of an {@link OperationRow}. */
export const OPERATION_COLUMNS = Prisma.sql`
  id, kind, status, total, done, failed, created_at AS "createdAt", finished_at AS "finishedAt"`;
