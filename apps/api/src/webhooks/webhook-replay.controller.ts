import { Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ReplaySelection } from '@schoolbell/delivery';
import type { Author } from '@schoolbell/identity';
import { OperationRepository } from '@schoolbell/persistence';
import { CurrentAuthor, TenantId } from '../auth/request-context.js';
import { Operation } from '../docs/operation.js';
import { KnownEventTypes } from '../event-types/known-event-types.js';
import { ListLane } from '../fairness/list-lane.js';
import { IdParam } from '../http/id-param.js';
import { ValidBody } from '../http/valid.js';
import {
  operationStarted,
  type OperationDocument,
  presentOperation,
} from '../operations/operation-document.js';
import { ReplayWebhook, toReplaySelection } from './replay-input.js';
import { REPLAY_PREVIEW_EXAMPLE, ReplayPreviewDocument } from './replay-preview-document.js';
import { WebhooksService } from './webhooks.service.js';

const EXAMPLE = {
  from: '2026-11-21T00:00:00.000Z',
  to: '2026-11-22T00:00:00.000Z',
  types: ['session.completed'],
  onlyMissing: true,
};

@ApiTags('Webhooks')
@Controller('v1/webhooks/:id/replay')
export class WebhookReplayController {
  constructor(
    private readonly service: WebhooksService,
    private readonly operations: OperationRepository,
    private readonly lane: ListLane,
    private readonly eventTypes: KnownEventTypes,
  ) {}

  @Post()
  @Operation({
    id: 'replayWebhook',
    summary: 'Replay the events of a time range',
    description:
      'Sends again the events that were accepted in the range and that the webhook listens to. They keep their ids, by which a receiver knows what it has. Deliveries that are already on their way are left alone; a dead letter begins a new cycle.',
    permission: 'deliveries:write',
    notForSupport: true,
    body: { type: ReplayWebhook, example: EXAMPLE },
    answer: operationStarted('replay'),
    errors: ['not_found'],
  })
  async replay(
    @TenantId() tenantId: string,
    @CurrentAuthor() author: Author,
    @IdParam('webhook') id: string,
    @ValidBody() body: ReplayWebhook,
  ): Promise<OperationDocument> {
    const selection = await this.selectionOf(tenantId, id, body);
    // Counting the events can take as long as a list.
    const operation = await this.lane.read(tenantId, () =>
      this.operations.startReplay(tenantId, selection, author),
    );
    return presentOperation(operation);
  }

  @Post('preview')
  @Operation({
    id: 'previewReplay',
    summary: 'Count what a replay would send',
    description:
      'How many events of the range the webhook would get, as a replay with this body counts them. Nothing is sent.',
    permission: 'deliveries:read',
    body: { type: ReplayWebhook, example: EXAMPLE },
    answer: {
      status: 200,
      description: 'The count.',
      type: ReplayPreviewDocument,
      example: REPLAY_PREVIEW_EXAMPLE,
    },
    errors: ['not_found'],
  })
  async preview(
    @TenantId() tenantId: string,
    @IdParam('webhook') id: string,
    @ValidBody() body: ReplayWebhook,
  ): Promise<ReplayPreviewDocument> {
    const selection = await this.selectionOf(tenantId, id, body);
    return this.lane.read(tenantId, () => this.operations.totalOfReplay(tenantId, selection));
  }

  private async selectionOf(
    tenantId: string,
    id: string,
    body: ReplayWebhook,
  ): Promise<ReplaySelection> {
    await this.eventTypes.requireEver(tenantId, 'types', body.types);
    return toReplaySelection(body, await this.service.find(tenantId, id), new Date());
  }
}
