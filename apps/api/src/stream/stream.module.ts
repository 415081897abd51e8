import { Module } from '@nestjs/common';
import { ChangeListener, type Database, WatchRepository } from '@schoolbell/persistence';
import { AuthModule } from '../auth/auth.module.js';
import { Authenticator } from '../auth/authenticator.js';
import { OngoingAccess } from '../auth/ongoing-access.js';
import { TenantDirectory } from '../auth/tenant-directory.js';
import { EventTypesModule } from '../event-types/event-types.module.js';
import { KnownEventTypes } from '../event-types/known-event-types.js';
import { DATABASE } from '../persistence/persistence.module.js';
import { DeliveryFeed } from './delivery-feed.js';
import { DeliveryStreams } from './delivery-streams.js';
import { StreamController } from './stream.controller.js';
import { WatchSeats } from './watch-seats.js';

/** The stream of deliveries' changes. */
@Module({
  imports: [AuthModule, EventTypesModule],
  controllers: [StreamController],
  providers: [
    {
      provide: DeliveryStreams,
      inject: [DATABASE, Authenticator, TenantDirectory, KnownEventTypes],
      useFactory: (
        db: Database,
        authenticator: Authenticator,
        tenants: TenantDirectory,
        eventTypes: KnownEventTypes,
      ) =>
        new DeliveryStreams(
          feedOf(db),
          new WatchSeats(),
          new OngoingAccess(authenticator, tenants),
          eventTypes,
        ),
    },
  ],
})
export class StreamModule {}

function feedOf(db: Database): DeliveryFeed {
  return new DeliveryFeed({
    repository: new WatchRepository(db),
    listener: (feed) =>
      new ChangeListener({
        url: db.directUrl,
        pool: db.servingPool,
        onChanged: (changed) => feed.changed(changed),
        onHearing: () => feed.hearingChanged(),
      }),
  });
}
