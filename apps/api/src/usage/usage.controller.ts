import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { UsageRepository } from '@schoolbell/persistence';
import { TenantId } from '../auth/request-context.js';
import { Operation } from '../docs/operation.js';
import { ListLane } from '../fairness/list-lane.js';
import { ValidQuery } from '../http/valid.js';
import { presentUsage, USAGE_EXAMPLE, UsageDocument } from './usage-document.js';
import { monthOf, UsageQuery } from './usage-query.js';

/** A tenant's usage of its plan. */
@ApiTags('Usage')
@Controller('v1/usage')
export class UsageController {
  constructor(
    private readonly usage: UsageRepository,
    private readonly lane: ListLane,
  ) {}

  @Get()
  @Operation({
    id: 'getUsage',
    summary: 'See the usage of a month',
    description:
      'Exact at any moment: an event counts as soon as it is answered with 202, and still after it was pruned. At 80 % and 100 % of the limit the tenant gets the event `usage.threshold` and an e-mail, once each a month; nothing is refused beyond it.',
    permission: 'usage:read',
    answer: {
      status: 200,
      description: 'The usage; zeros for a month without events.',
      type: UsageDocument,
      example: USAGE_EXAMPLE,
    },
    errors: ['validation_failed', 'query_too_slow'],
  })
  async read(
    @TenantId() tenantId: string,
    @ValidQuery() { month = monthOf(new Date()) }: UsageQuery,
  ): Promise<UsageDocument> {
    const usage = await this.lane.read(tenantId, () => this.usage.read(tenantId, month));
    return presentUsage(month, usage);
  }
}
