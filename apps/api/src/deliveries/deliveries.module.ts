import { Module } from '@nestjs/common';
import { DeliveriesController } from './deliveries.controller.js';
import { DeliveryLists } from './delivery-lists.js';
import { DeliveryRetry } from './delivery-retry.js';
import { WebhookDeliveriesController } from './webhook-deliveries.controller.js';

@Module({
  controllers: [DeliveriesController, WebhookDeliveriesController],
  providers: [DeliveryLists, DeliveryRetry],
  exports: [DeliveryLists],
})
export class DeliveriesModule {}
