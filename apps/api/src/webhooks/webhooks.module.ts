import { Module } from '@nestjs/common';
import { egressPolicyProvider } from '../config/egress-policy.js';
import { EventTypesModule } from '../event-types/event-types.module.js';
import { SettingsModule } from '../settings/settings.module.js';
import { ExpressionTrial } from './expression-trial.js';
import { HandshakeOutcome } from './handshake-outcome.js';
import { SecretsController } from './secrets.controller.js';
import { ShownWebhooks } from './shown-webhooks.js';
import { TemplatesController } from './templates.controller.js';
import { WebhookPreview } from './webhook-preview.js';
import { WebhookPreviewController } from './webhook-preview.controller.js';
import { WebhookReplayController } from './webhook-replay.controller.js';
import { WebhookTestController } from './webhook-test.controller.js';
import { WebhookTestService } from './webhook-test.service.js';
import { WebhooksController } from './webhooks.controller.js';
import { WebhooksService } from './webhooks.service.js';

@Module({
  imports: [EventTypesModule, SettingsModule],
  controllers: [
    WebhookPreviewController,
    WebhooksController,
    SecretsController,
    WebhookReplayController,
    WebhookTestController,
    TemplatesController,
  ],
  providers: [
    WebhooksService,
    ExpressionTrial,
    HandshakeOutcome,
    ShownWebhooks,
    WebhookPreview,
    WebhookTestService,
    egressPolicyProvider,
  ],
  exports: [WebhooksService],
})
export class WebhooksModule {}
