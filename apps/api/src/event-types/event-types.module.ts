import { Module } from '@nestjs/common';
import { CurrentSchemas } from '@schoolbell/persistence';
import { AcceptedSchemas } from './accepted-schemas.js';
import { EventTypesController } from './event-types.controller.js';
import { EventTypesService } from './event-types.service.js';
import { KnownEventTypes } from './known-event-types.js';
import { SchemaTrial } from './schema-trial.js';

@Module({
  controllers: [EventTypesController],
  providers: [
    EventTypesService,
    KnownEventTypes,
    SchemaTrial,
    {
      provide: AcceptedSchemas,
      inject: [CurrentSchemas],
      useFactory: (schemas: CurrentSchemas) => new AcceptedSchemas(schemas),
    },
  ],
  exports: [AcceptedSchemas, KnownEventTypes],
})
export class EventTypesModule {}
