import {
  type DynamicModule,
  Inject,
  Logger,
  Module,
  type OnApplicationShutdown,
} from '@nestjs/common';
import {
  AccountRepository,
  ApiKeyRepository,
  AuditLogRepository,
  ChangeTeller,
  CurrentSchemas,
  type Database,
  DeliveryRepository,
  EventRejectionRepository,
  EventRepository,
  EventTypeRepository,
  ExplanationRepository,
  MailRepository,
  openDatabase,
  OperationRepository,
  PostgresWakeSignals,
  SecondFactorRepository,
  SessionRepository,
  SettingsRepository,
  TeamRepository,
  SearchRepository,
  TenantHealthRepository,
  TenantRepository,
  TenantStatsRepository,
  TestDeliveryRepository,
  UsageRepository,
  WebhookHealthRepository,
  UserRepository,
  WebhookRepository,
  WebhookSecretRepository,
  WebhookStatsRepository,
} from '@schoolbell/persistence';
import { WAKE_SIGNALS } from '@schoolbell/queue';
import type { ApiSettings } from '../config/api-settings.js';
import { IntakeHealth } from './intake-health.js';

/** Injects the {@link Database}. */
export const DATABASE = Symbol('Database');

const REPOSITORIES = [
  AccountRepository,
  ApiKeyRepository,
  AuditLogRepository,
  CurrentSchemas,
  DeliveryRepository,
  EventRejectionRepository,
  EventRepository,
  EventTypeRepository,
  ExplanationRepository,
  MailRepository,
  OperationRepository,
  SecondFactorRepository,
  SessionRepository,
  SettingsRepository,
  TeamRepository,
  SearchRepository,
  TenantHealthRepository,
  TenantRepository,
  TenantStatsRepository,
  TestDeliveryRepository,
  UsageRepository,
  WebhookHealthRepository,
  UserRepository,
  WebhookRepository,
  WebhookSecretRepository,
  WebhookStatsRepository,
];

/** Opens the database, provides its repositories to every module, and closes it last. */
@Module({})
export class PersistenceModule implements OnApplicationShutdown {
  constructor(
    @Inject(DATABASE) private readonly db: Database,
    private readonly changes: ChangeTeller,
  ) {}

  static forRoot(settings: ApiSettings): DynamicModule {
    const repositories = REPOSITORIES.map((repository) => ({
      provide: repository,
      inject: [DATABASE],
      useFactory: (db: Database) => new repository(db),
    }));
    return {
      module: PersistenceModule,
      global: true,
      providers: [
        { provide: DATABASE, useFactory: () => open(settings) },
        {
          provide: ChangeTeller,
          inject: [DATABASE],
          useFactory: (db: Database) => new ChangeTeller(db.servingPool),
        },
        {
          provide: WAKE_SIGNALS,
          inject: [DATABASE],
          useFactory: (db: Database) => new PostgresWakeSignals(db),
        },
        { provide: IntakeHealth, useFactory: () => new IntakeHealth() },
        ...repositories,
      ],
      exports: [DATABASE, ChangeTeller, WAKE_SIGNALS, IntakeHealth, ...REPOSITORIES],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.changes.stop();
    await this.db.close();
  }
}

function open(settings: ApiSettings): Database {
  const logger = new Logger('Database');
  return openDatabase({
    url: settings.databaseUrl,
    directUrl: settings.databaseDirectUrl,
    encryptionKeys: settings.encryptionKeys,
    applicationName: 'schoolbell-api',
    onConnectionError: (error) => logger.warn(`A connection broke: ${error.message}`),
  });
}
