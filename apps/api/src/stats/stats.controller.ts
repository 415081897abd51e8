import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { TenantStatsRepository } from '@schoolbell/persistence';
import { TenantId } from '../auth/request-context.js';
import { Operation } from '../docs/operation.js';
import { ListLane } from '../fairness/list-lane.js';
import { ValidQuery } from '../http/valid.js';
import { hoursOf, StatsQuery } from '../webhook-stats/stats-query.js';
import {
  presentTenantStats,
  TENANT_STATS_EXAMPLE,
  TenantStatsDocument,
} from './tenant-stats-document.js';

/** Statistics of a whole tenant. */
@ApiTags('Stats')
@Controller('v1/stats')
export class StatsController {
  constructor(
    private readonly stats: TenantStatsRepository,
    private readonly lane: ListLane,
  ) {}

  @Get()
  @Operation({
    id: 'getStats',
    summary: 'See how all webhooks are doing',
    description:
      'Attempts of all webhooks by outcome, success rate, response times and backlog, as a whole and by the hour, and the health of each webhook. Tests do not count.',
    permission: 'webhooks:read',
    answer: {
      status: 200,
      description: 'The stats.',
      type: TenantStatsDocument,
      example: TENANT_STATS_EXAMPLE,
    },
    errors: ['validation_failed', 'query_too_slow'],
  })
  async read(
    @TenantId() tenantId: string,
    @ValidQuery() { window }: StatsQuery,
  ): Promise<TenantStatsDocument> {
    const stats = await this.lane.read(tenantId, () =>
      this.stats.read(tenantId, hoursOf(window), new Date()),
    );
    return presentTenantStats(window, stats);
  }
}
