import { Module } from '@nestjs/common';
import { EventTypesModule } from '../event-types/event-types.module.js';
import { SettingsModule } from '../settings/settings.module.js';
import { DeliveriesController } from './deliveries.controller.js';
import { DeliveryLists } from './delivery-lists.js';
import { DeliveryRetry } from './delivery-retry.js';
import { EventDeliverController } from './event-deliver.controller.js';
import { EventDelivery } from './event-delivery.js';
import { WebhookDeliveriesController } from './webhook-deliveries.controller.js';

@Module({
  imports: [EventTypesModule, SettingsModule],
  controllers: [DeliveriesController, EventDeliverController, WebhookDeliveriesController],
  providers: [DeliveryLists, DeliveryRetry, EventDelivery],
  exports: [DeliveryLists],
})
export class DeliveriesModule {}
