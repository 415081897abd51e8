import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ExplanationRepository } from '@schoolbell/persistence';
import type { Principal } from '../auth/principal.js';
import { CurrentPrincipal, TenantId } from '../auth/request-context.js';
import { API_SETTINGS, type ApiSettings } from '../config/api-settings.js';
import { Operation } from '../docs/operation.js';
import { ListLane } from '../fairness/list-lane.js';
import { notFoundOrPruned } from '../http/api-error.js';
import { IdParam } from '../http/id-param.js';
import { decodeCursor, type Page, PageQuery, toPage } from '../http/pagination.js';
import { ValidQuery } from '../http/valid.js';
import { BodyVisibility } from '../settings/body-visibility.js';
import { EventExplainer } from './event-explainer.js';
import { EXPLANATION_EXAMPLES, WebhookExplanationDocument } from './explanation-document.js';

@ApiTags('Events')
@Controller('v1/events/:id/explanation')
export class EventExplanationController {
  constructor(
    private readonly explanations: ExplanationRepository,
    private readonly explainer: EventExplainer,
    private readonly lane: ListLane,
    private readonly bodies: BodyVisibility,
    @Inject(API_SETTINGS) private readonly settings: ApiSettings,
  ) {}

  @Get()
  @Operation({
    id: 'explainEvent',
    summary: 'See what became of an event at each webhook',
    description:
      'For every webhook of the tenant, the newest first: the status of its delivery, or why the webhook did not want the event. The reasons go by the settings of the webhook today.',
    permission: 'events:read',
    answer: {
      status: 200,
      description:
        'One entry for each webhook; a deleted webhook has one only if it got the event.',
      pageOf: WebhookExplanationDocument,
      example: { data: EXPLANATION_EXAMPLES, nextCursor: null },
    },
    errors: ['not_found', 'validation_failed', 'query_too_slow'],
  })
  async explain(
    @CurrentPrincipal() principal: Principal,
    @TenantId() tenantId: string,
    @IdParam('event') id: string,
    @ValidQuery() { limit, cursor }: PageQuery,
  ): Promise<Page<WebhookExplanationDocument>> {
    const page = { before: decodeCursor(cursor), limit: limit + 1 };
    const found = await this.lane.read(tenantId, () => this.explanations.read(tenantId, id, page));
    if (!found) throw notFoundOrPruned('event', id, this.settings.retentionDays);
    const { data: webhooks, nextCursor } = toPage(found.webhooks, limit, (webhook) => webhook);
    const event = { ...found.event, bodies: await this.bodies.isVisibleTo(principal, tenantId) };
    const explained = webhooks.map((webhook) => this.explainer.explain(event, webhook));
    return { data: await Promise.all(explained), nextCursor };
  }
}
