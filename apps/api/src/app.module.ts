import { type DynamicModule, Module } from '@nestjs/common';
import { QueueModule } from '@schoolbell/queue';
import { AccountsModule } from './accounts/accounts.module.js';
import { ApiKeysModule } from './api-keys/api-keys.module.js';
import { AuditLogModule } from './audit-log/audit-log.module.js';
import { AuthModule } from './auth/auth.module.js';
import { API_SETTINGS, type ApiSettings } from './config/api-settings.js';
import { DeadLettersModule } from './dead-letters/dead-letters.module.js';
import { DeliveriesModule } from './deliveries/deliveries.module.js';
import { DocsModule } from './docs/docs.module.js';
import { ErasuresModule } from './erasures/erasures.module.js';
import { EventExplanationModule } from './event-explanation/event-explanation.module.js';
import { EventRejectionsModule } from './event-rejections/event-rejections.module.js';
import { EventTypesModule } from './event-types/event-types.module.js';
import { EventsModule } from './events/events.module.js';
import { ListLane } from './fairness/list-lane.js';
import { HealthModule } from './health/health.module.js';
import { MailsModule } from './mails/mails.module.js';
import { MeasuringModule } from './measuring/measuring.module.js';
import { MeModule } from './me/me.module.js';
import { OperationsModule } from './operations/operations.module.js';
import { PersistenceModule } from './persistence/persistence.module.js';
import { ScormApiModule } from './scorm-api/scorm-api.module.js';
import { ScormModule } from './scorm/scorm.module.js';
import { SettingsModule } from './settings/settings.module.js';
import { StatsModule } from './stats/stats.module.js';
import { StreamModule } from './stream/stream.module.js';
import { SearchModule } from './search/search.module.js';
import { TenantsModule } from './tenants/tenants.module.js';
import { UsageModule } from './usage/usage.module.js';
import { UsersModule } from './users/users.module.js';
import { WebhookStatsModule } from './webhook-stats/webhook-stats.module.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';

/** Every resource has a module of its own; they share the database and the settings. */
const RESOURCES = [
  AccountsModule,
  ApiKeysModule,
  AuditLogModule,
  AuthModule,
  DeadLettersModule,
  DeliveriesModule,
  DocsModule,
  ErasuresModule,
  EventExplanationModule,
  EventRejectionsModule,
  EventTypesModule,
  EventsModule,
  HealthModule,
  MailsModule,
  MeModule,
  OperationsModule,
  ScormApiModule,
  ScormModule,
  SettingsModule,
  StatsModule,
  StreamModule,
  SearchModule,
  TenantsModule,
  UsageModule,
  UsersModule,
  WebhookStatsModule,
  WebhooksModule,
];

@Module({})
export class AppModule {
  static forRoot(settings: ApiSettings): DynamicModule {
    return {
      module: AppModule,
      global: true,
      imports: [
        PersistenceModule.forRoot(settings),
        queueOf(settings),
        MeasuringModule,
        ...RESOURCES,
      ],
      providers: [
        { provide: API_SETTINGS, useValue: settings },
        { provide: ListLane, useFactory: () => new ListLane() },
      ],
      exports: [API_SETTINGS, ListLane],
    };
  }
}

function queueOf({ redis, databaseUrl, databaseDirectUrl }: ApiSettings): DynamicModule {
  return QueueModule.forRoot({ redis, databaseUrl: databaseDirectUrl ?? databaseUrl });
}
