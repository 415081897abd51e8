import { Module } from '@nestjs/common';
import { egressPolicyProvider } from '../config/egress-policy.js';
import { SecretsController } from './secrets.controller.js';
import { WebhooksController } from './webhooks.controller.js';
import { WebhooksService } from './webhooks.service.js';

@Module({
  controllers: [WebhooksController, SecretsController],
  providers: [WebhooksService, egressPolicyProvider],
})
export class WebhooksModule {}
