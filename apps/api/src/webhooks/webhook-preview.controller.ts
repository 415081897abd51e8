import { Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { TenantId } from '../auth/request-context.js';
import { Operation } from '../docs/operation.js';
import { ValidBody } from '../http/valid.js';
import { PREVIEW_EXAMPLE, PreviewDocument } from './preview-document.js';
import { PreviewWebhook } from './preview-input.js';
import { NEW_WEBHOOK_EXAMPLE } from './webhook-example.js';
import { WebhookPreview } from './webhook-preview.js';

@ApiTags('Webhooks')
@Controller('v1/webhooks/preview')
export class WebhookPreviewController {
  constructor(private readonly preview: WebhookPreview) {}

  @Post()
  @Operation({
    id: 'previewWebhook',
    summary: 'See what a webhook would send',
    description:
      'Body and headers for the example of an event type, with these settings, checked as at registration. Nothing is stored, and nothing is sent.',
    permission: 'webhooks:read',
    body: { type: PreviewWebhook, example: { ...NEW_WEBHOOK_EXAMPLE, type: 'session.completed' } },
    answer: {
      status: 200,
      description: 'The request, and why it would not be sent, if so.',
      type: PreviewDocument,
      example: PREVIEW_EXAMPLE,
    },
  })
  async show(
    @TenantId() tenantId: string,
    @ValidBody() body: PreviewWebhook,
  ): Promise<PreviewDocument> {
    return this.preview.of(tenantId, body);
  }
}
