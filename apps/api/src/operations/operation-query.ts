import {
  OPERATION_KINDS,
  OPERATION_STATUSES,
  type OperationKind,
  type OperationStatus,
} from '@schoolbell/delivery';
import { OneOf } from '../fields/one-of.js';
import { MayBeLeftOut } from '../fields/optional.js';
import { PageQuery } from '../http/pagination.js';

/** The query of `GET /v1/operations`. Both filters must match. */
export class OperationQuery extends PageQuery {
  @MayBeLeftOut()
  @OneOf(OPERATION_STATUSES)
  status?: OperationStatus;

  @MayBeLeftOut()
  @OneOf(OPERATION_KINDS)
  kind?: OperationKind;
}
