import type { EgressSettings, ServiceConfig } from '@schoolbell/config';

/** What the API takes from the environment; tests give it directly. */
export interface ApiSettings extends Pick<
  ServiceConfig,
  'databaseUrl' | 'encryptionKeys' | 'retentionDays'
> {
  /** Without it the queue lives in Postgres. */
  redisUrl?: string | undefined;
  egress: EgressSettings;
  /** What e-mails link to. */
  publicUrl?: string | undefined;
}

/** Injects {@link ApiSettings}. */
export const API_SETTINGS = Symbol('ApiSettings');
