import { Module } from '@nestjs/common';
import type { Wakes } from '@schoolbell/delivery';
import { type Database, PostgresEventIntake } from '@schoolbell/persistence';
import { WAKES } from '@schoolbell/queue';
import { DATABASE } from '../persistence/persistence.module.js';
import { EventAcceptor } from './event-acceptor.js';
import { EventIntakeBuffer } from './event-intake-buffer.js';
import { EventTypesController } from './event-types.controller.js';
import { EventsController } from './events.controller.js';

@Module({
  controllers: [EventsController, EventTypesController],
  providers: [
    {
      provide: EventAcceptor,
      inject: [DATABASE, WAKES],
      useFactory: (db: Database, wakes: Wakes) => {
        const intake = new PostgresEventIntake(db);
        return new EventAcceptor(intake, new EventIntakeBuffer(intake, wakes), wakes);
      },
    },
  ],
})
export class EventsModule {}
