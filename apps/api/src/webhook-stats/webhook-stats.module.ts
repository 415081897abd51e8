import { Module } from '@nestjs/common';
import { WebhookStatsController } from './webhook-stats.controller.js';

@Module({ controllers: [WebhookStatsController] })
export class WebhookStatsModule {}
