import { Module } from '@nestjs/common';
import { EventExplainer } from './event-explainer.js';
import { EventExplanationController } from './event-explanation.controller.js';

@Module({ controllers: [EventExplanationController], providers: [EventExplainer] })
export class EventExplanationModule {}
