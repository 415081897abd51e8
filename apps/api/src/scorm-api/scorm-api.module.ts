import { Module } from '@nestjs/common';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { WebhooksModule } from '../webhooks/webhooks.module.js';
import { ScormApiDeliveriesController } from './scorm-api-deliveries.controller.js';
import { ScormApiWebhooks } from './scorm-api-webhooks.js';
import { ScormApiWebhooksController } from './scorm-api-webhooks.controller.js';

/** The paths at which customers of the SCORM API register webhooks. */
@Module({
  imports: [DeliveriesModule, WebhooksModule],
  controllers: [ScormApiWebhooksController, ScormApiDeliveriesController],
  providers: [ScormApiWebhooks],
})
export class ScormApiModule {}
