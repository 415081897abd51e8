import type { ApiConfig, EgressSettings } from '@schoolbell/config';

/** What the API takes from the environment; tests pass it directly. */
export interface ApiSettings extends Pick<
  ApiConfig,
  'databaseUrl' | 'encryptionKeys' | 'jwtSecret' | 'retentionDays'
> {
  /** Undefined: the queue lives in Postgres. */
  redisUrl?: string | undefined;
  egress: EgressSettings;
  /** CIDRs of proxies that are trusted to name the client's address. Default none. */
  trustedProxies?: readonly string[] | undefined;
  /** What e-mails link to. */
  publicUrl?: string | undefined;
}

/** Injects {@link ApiSettings}. */
export const API_SETTINGS = Symbol('ApiSettings');
