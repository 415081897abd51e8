import { Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Author } from '@schoolbell/identity';
import { CurrentAuthor, TenantId } from '../auth/request-context.js';
import { presentHistory } from '../deliveries/delivery-history.js';
import { Operation } from '../docs/operation.js';
import { IdParam } from '../http/id-param.js';
import { ValidBody } from '../http/valid.js';
import { TEST_EXAMPLE, TestDocument } from './test-document.js';
import { TestWebhook } from './test-input.js';
import { WebhookTestService } from './webhook-test.service.js';

@ApiTags('Webhooks')
@Controller('v1/webhooks/:id/test')
export class WebhookTestController {
  constructor(private readonly service: WebhookTestService) {}

  @Post()
  @Operation({
    id: 'testWebhook',
    summary: 'Test a webhook',
    description:
      'Sends a real, signed request with the example of an event type, now, even while the webhook is paused. It is never retried and never counted; the answer says how it went.',
    permission: 'webhooks:write',
    body: { type: TestWebhook, example: { type: 'session.completed' }, required: false },
    answer: {
      status: 200,
      description: 'The test was sent; see the outcome of the attempt.',
      type: TestDocument,
      example: TEST_EXAMPLE,
    },
    errors: ['not_found', 'format_cannot_carry', 'dispatcher_unavailable'],
  })
  async test(
    @TenantId() tenantId: string,
    @CurrentAuthor() author: Author,
    @IdParam('webhook') id: string,
    @ValidBody() { type }: TestWebhook,
  ): Promise<TestDocument> {
    const { attempts, ...delivery } = presentHistory(
      await this.service.test(tenantId, id, type, author),
    );
    return { delivery, attempt: attempts.at(-1)! };
  }
}
