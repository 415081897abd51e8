import { Module } from '@nestjs/common';
import { DeliveriesModule } from '../deliveries/deliveries.module.js';
import { DeadLettersController } from './dead-letters.controller.js';

@Module({ imports: [DeliveriesModule], controllers: [DeadLettersController] })
export class DeadLettersModule {}
