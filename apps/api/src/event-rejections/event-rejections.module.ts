import { Module } from '@nestjs/common';
import { EventRejectionRepository } from '@schoolbell/persistence';
import { EventRejectionsController } from './event-rejections.controller.js';
import { RejectionLog } from './rejection-log.js';

/** Posts that were refused. */
@Module({
  controllers: [EventRejectionsController],
  providers: [
    {
      provide: RejectionLog,
      inject: [EventRejectionRepository],
      useFactory: (store: EventRejectionRepository) => new RejectionLog(store),
    },
  ],
})
export class EventRejectionsModule {}
