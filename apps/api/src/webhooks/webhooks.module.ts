import { Module } from '@nestjs/common';
import { egressPolicyProvider } from '../config/egress-policy.js';
import { SecretsController } from './secrets.controller.js';
import { WebhookReplayController } from './webhook-replay.controller.js';
import { WebhookTestController } from './webhook-test.controller.js';
import { WebhookTestService } from './webhook-test.service.js';
import { WebhooksController } from './webhooks.controller.js';
import { WebhooksService } from './webhooks.service.js';

@Module({
  controllers: [
    WebhooksController,
    SecretsController,
    WebhookReplayController,
    WebhookTestController,
  ],
  providers: [WebhooksService, WebhookTestService, egressPolicyProvider],
})
export class WebhooksModule {}
