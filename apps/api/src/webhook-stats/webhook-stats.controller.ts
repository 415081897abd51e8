import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { toTypeId } from '@schoolbell/ids';
import { WebhookRepository, WebhookStatsRepository } from '@schoolbell/persistence';
import { TenantId } from '../auth/request-context.js';
import { Operation } from '../docs/operation.js';
import { ListLane } from '../fairness/list-lane.js';
import { notFound } from '../http/api-error.js';
import { IdParam } from '../http/id-param.js';
import { ValidQuery } from '../http/valid.js';
import { presentStats, STATS_EXAMPLE, StatsDocument } from './stats-document.js';
import { hoursOf, StatsQuery } from './stats-query.js';

@ApiTags('Webhooks')
@Controller('v1/webhooks/:id/stats')
export class WebhookStatsController {
  constructor(
    private readonly webhooks: WebhookRepository,
    private readonly stats: WebhookStatsRepository,
    private readonly lane: ListLane,
  ) {}

  @Get()
  @Operation({
    id: 'getWebhookStats',
    summary: 'See how a webhook is doing',
    description:
      'Its attempts by outcome, its success rate and response times, as a whole and by the hour. Tests do not count.',
    permission: 'webhooks:read',
    answer: {
      status: 200,
      description: 'The stats.',
      type: StatsDocument,
      example: STATS_EXAMPLE,
    },
    errors: ['not_found', 'validation_failed', 'query_too_slow'],
  })
  async read(
    @TenantId() tenantId: string,
    @IdParam('webhook') id: string,
    @ValidQuery() { window }: StatsQuery,
  ): Promise<StatsDocument> {
    if (!(await this.webhooks.find(tenantId, id))) throw notFound('webhook');
    const stats = await this.lane.read(tenantId, () =>
      this.stats.read(tenantId, id, hoursOf(window), new Date()),
    );
    return presentStats(toTypeId('webhook', id), window, stats);
  }
}
