import type { ApiConfig, EgressSettings } from '@schoolbell/config';
import type { RedisServer } from '@schoolbell/queue';

/** What the API takes from the environment; tests pass it directly. */
export interface ApiSettings extends Pick<
  ApiConfig,
  'databaseUrl' | 'encryptionKeys' | 'jwtSecret' | 'retentionDays'
> {
  /** Past the pooler that `databaseUrl` leads through, if it does. */
  databaseDirectUrl?: string | undefined;
  /** Whether readiness tells of a standby for which no commit waits. Default true. */
  warnOfAsyncStandby?: boolean | undefined;
  /** Undefined: the queue lives in Postgres. */
  redis?: RedisServer | undefined;
  egress: EgressSettings;
  /** CIDRs of proxies that are trusted to name the client's address. Default none. */
  trustedProxies?: readonly string[] | undefined;
  /** What e-mails link to. */
  publicUrl?: string | undefined;
}

/** Injects {@link ApiSettings}. */
export const API_SETTINGS = Symbol('ApiSettings');
