import { Module } from '@nestjs/common';
import { SettingsModule } from '../settings/settings.module.js';
import { EventExplainer } from './event-explainer.js';
import { EventExplanationController } from './event-explanation.controller.js';

@Module({
  imports: [SettingsModule],
  controllers: [EventExplanationController],
  providers: [EventExplainer],
})
export class EventExplanationModule {}
