export * from './database/as-tenant.js';
export * from './database/database.js';
export * from './database/database-fault.js';
export * from './database/takes-writes.js';
export * from './dispatching/access-tokens/postgres-access-token-store.js';
export * from './dispatching/batches/postgres-batch-store.js';
export * from './dispatching/deliveries/postgres-delivery-store.js';
export * from './dispatching/expressions/postgres-webhook-expressions.js';
export * from './dispatching/fallbacks/postgres-fallback-store.js';
export * from './dispatching/fan-outs/postgres-fan-outs.js';
export * from './dispatching/handshakes/postgres-handshake-store.js';
export * from './dispatching/certificates/certificate-warnings.js';
export * from './dispatching/usage/launch-counter.js';
export type { UsageThresholdReached } from './dispatching/usage/count-launches.js';
export * from './database/encryption.js';
export type { Change } from './database/record-change.js';
export * from './database/stored-keys.js';
export type { AttemptRow } from './resources/deliveries/attempts-of.js';
export * from './resources/deliveries/delivery-repository.js';
export type {
  DeadLetterGroup,
  DeadLetterGroups,
} from './resources/deliveries/group-dead-letters.js';
export type { SentBatch } from './resources/deliveries/sent-batches.js';
export type { DeliveryRow } from './resources/deliveries/delivery-row.js';
export type { RetryOutcome } from './resources/deliveries/retry-delivery.js';
export * from './resources/deliveries/test-deliveries.js';
export * from './resources/event-types/current-schemas.js';
export * from './resources/event-types/event-type-record.js';
export * from './resources/event-types/event-type-repository.js';
export * from './resources/events/event-repository.js';
export * from './operations/operation-repository.js';
export type { AskedErasure } from './operations/erasure/start-erasure.js';
export type { OperationRow } from './operations/operation-row.js';
export * from './operations/operation-steps.js';
export type { ListPart, PageRequest } from './database/page-request.js';
export { ListTooSlowError } from './database/read-list.js';
export * from './accepting/postgres-event-intake.js';
export * from './resources/mails/mail-repository.js';
export * from './dispatching/mails/postgres-mail-store.js';
export * from './migrations/migrate.js';
export * from './migrations/migration-error.js';
export * from './migrations/pending-migrations.js';
export * from './history/history.js';
export type { PruneReport } from './history/prune-report.js';
export type { Period } from './history/period.js';
export * from './history/attempt-counter.js';
export * from './history/backlog-counter.js';
export * from './history/event-counter.js';
export * from './upkeep/index-upkeep.js';
export type { ResponseTimes } from './steps/response-time.js';
export type { AttemptStats } from './resources/stats/attempt-stats.js';
export * from './resources/stats/tenant-stats-repository.js';
export { WebhookHealthRepository } from './resources/stats/webhook-health-repository.js';
export * from './resources/stats/webhook-stats-repository.js';
export * from './resources/usage/usage-repository.js';
export { Prisma } from './generated/client.js';
export type { PrismaClient } from './generated/client.js';
export * from './resources/api-keys/api-key-repository.js';
export * from './resources/api-keys/api-key.js';
export * from './resources/tenants/tenant-repository.js';
export * from './resources/key-rotation/rotate-keys.js';
export * from './resources/seeding/first-keys.js';
export type { NewStatus } from './resources/webhooks/status-columns.js';
export * from './resources/webhooks/webhook-record.js';
export * from './resources/webhooks/webhook-repository.js';
export * from './resources/webhooks/webhook-secret-repository.js';
export * from './scorm/postgres-scorm-intake.js';
export * from './scorm/scorm-session-repository.js';
export type {
  ScormAttemptRecord,
  ScormLaunchRecord,
  ScormSessionRecord,
} from './scorm/session-record.js';
