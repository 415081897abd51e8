import { ApiPropertyOptional } from '@nestjs/swagger';
import {
  OPERATION_KINDS,
  OPERATION_STATUSES,
  type OperationKind,
  type OperationStatus,
} from '@schoolbell/delivery';
import { IsIn } from 'class-validator';
import { MayBeLeftOut } from '../http/optional.js';
import { PageQuery } from '../http/pagination.js';

/** The query of `GET /v1/operations`. Both filters hold together. */
export class OperationQuery extends PageQuery {
  @ApiPropertyOptional({ enum: OPERATION_STATUSES })
  @MayBeLeftOut()
  @IsIn(OPERATION_STATUSES, { message: `must be one of: ${OPERATION_STATUSES.join(', ')}` })
  status?: OperationStatus;

  @ApiPropertyOptional({ enum: OPERATION_KINDS })
  @MayBeLeftOut()
  @IsIn(OPERATION_KINDS, { message: `must be one of: ${OPERATION_KINDS.join(', ')}` })
  kind?: OperationKind;
}
