import { Module } from '@nestjs/common';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { EventTypesModule } from '../event-types/event-types.module.js';
import { DeadLettersController } from './dead-letters.controller.js';

@Module({ imports: [DeliveriesModule, EventTypesModule], controllers: [DeadLettersController] })
export class DeadLettersModule {}
