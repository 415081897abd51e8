import type { ApiConfig, EgressSettings } from '@schoolbell/config';

/** What the API takes from the environment; tests give it directly. */
export interface ApiSettings extends Pick<
  ApiConfig,
  'databaseUrl' | 'encryptionKeys' | 'jwtSecret' | 'retentionDays'
> {
  /** Without it the queue lives in Postgres. */
  redisUrl?: string | undefined;
  egress: EgressSettings;
  /** CIDRs of proxies that say whom a request is from. Default none. */
  trustedProxies?: readonly string[] | undefined;
  /** What e-mails link to. */
  publicUrl?: string | undefined;
}

/** Injects {@link ApiSettings}. */
export const API_SETTINGS = Symbol('ApiSettings');
