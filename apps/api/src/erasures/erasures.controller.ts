import { Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Author } from '@schoolbell/identity';
import { OperationRepository } from '@schoolbell/persistence';
import { CurrentAuthor, TenantId } from '../auth/request-context.js';
import { Operation } from '../docs/operation.js';
import { ListLane } from '../fairness/list-lane.js';
import { ValidBody } from '../http/valid.js';
import {
  operationStarted,
  type OperationDocument,
  presentOperation,
} from '../operations/operation-document.js';
import { EraseLearner } from './erasure-input.js';

/** Erasing learners who ask for it. */
@ApiTags('Erasures')
@Controller('v1/erasures')
export class ErasuresController {
  constructor(
    private readonly operations: OperationRepository,
    private readonly lane: ListLane,
  ) {}

  @Post()
  @Operation({
    id: 'createErasure',
    summary: 'Forget a learner',
    description:
      'Every event of the learner that was accepted before keeps its id, type and times. Its data, what was sent for it, what receivers answered, and the SCORM state of the learner are erased for good. Waiting deliveries are discarded, or sent first. Events that are posted later are new, and stay. Backups, and what receivers have, are out of reach. The audit log says who asked for which learner.',
    permission: 'users:write',
    body: { type: EraseLearner, example: { learnerId: 'learner-42', waiting: 'discard' } },
    answer: operationStarted('erasure'),
  })
  async create(
    @TenantId() tenantId: string,
    @CurrentAuthor() author: Author,
    @ValidBody() { learnerId, waiting }: EraseLearner,
  ): Promise<OperationDocument> {
    // Counting the events can take as long as a list.
    const operation = await this.lane.read(tenantId, () =>
      this.operations.startErasure(tenantId, { learnerId, waiting }, author),
    );
    return presentOperation(operation);
  }
}
