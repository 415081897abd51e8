import type { RedisSettings } from './redis-settings.js';
import type { ValueOf } from './setting.js';
import type { SETTINGS } from './settings.js';

/** What each setting says for itself. */
export type Values = { readonly [K in keyof typeof SETTINGS]: ValueOf<(typeof SETTINGS)[K]> };

/** Which receivers may be reached, besides public ones on https. */
export interface EgressSettings {
  readonly allowHttp: boolean;
  /** CIDRs. */
  readonly allow: readonly string[];
  /** Loopback, also on plain http. */
  readonly allowLoopback: boolean;
}

/** What {@link Config} has put together. */
type Parts =
  | 'egressAllowHttp'
  | 'egressAllow'
  | 'egressLoopback'
  | 'redisUrl'
  | 'redisSentinels'
  | 'redisMaster'
  | 'redisCluster';

/** The environment, read once. Frozen. */
export interface Config extends Omit<Values, Parts> {
  readonly egress: EgressSettings;
  /** Without it, the queue lives in Postgres. */
  readonly redis: RedisSettings | undefined;
}

/** What API and dispatcher cannot run without. */
export interface ServiceConfig extends Config {
  readonly databaseUrl: string;
  readonly encryptionKeys: readonly Buffer[];
}

/** What the API cannot run without. */
export interface ApiConfig extends ServiceConfig {
  readonly jwtSecret: string;
}
