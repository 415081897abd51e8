import type { ApiConfig, Config, ServiceConfig, Values } from './config.js';
import { ConfigError, type ConfigFault } from './config-error.js';
import { contradictionsOfRedis, redisSettings } from './redis-settings.js';
import type { Setting } from './setting.js';
import { SETTINGS } from './settings.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings of a program that can do without a database of its own, such as the standalone.
 *
 * @throws ConfigError naming every fault at once
 */
export function loadConfig(env: Environment = process.env): Config {
  return load(env, []);
}

/**
 * Reads the settings of whatever needs `DATABASE_URL` and `ENCRYPTION_KEY`, such as the dispatcher.
 *
 * @throws ConfigError naming every fault at once
 */
export function loadServiceConfig(env: Environment = process.env): ServiceConfig {
  return load(env, ['databaseUrl', 'encryptionKeys']) as ServiceConfig;
}

/**
 * Reads the settings of the API, which needs `JWT_SECRET` too.
 *
 * @throws ConfigError naming every fault at once
 */
export function loadApiConfig(env: Environment = process.env): ApiConfig {
  return load(env, ['databaseUrl', 'encryptionKeys', 'jwtSecret']) as ApiConfig;
}

function load(env: Environment, required: readonly (keyof typeof SETTINGS)[]): Config {
  const faults: ConfigFault[] = [];
  const values: Record<string, unknown> = {};
  for (const [key, setting] of Object.entries<Setting<unknown>>(SETTINGS)) {
    values[key] = readSetting(setting, env, faults);
  }
  const demand = (key: keyof typeof SETTINGS, message: string): void => {
    const { name } = SETTINGS[key];
    const faulty = faults.some(({ setting }) => setting === name);
    if (values[key] === undefined && !faulty) faults.push({ setting: name, message });
  };
  for (const key of required) demand(key, 'is required');
  if (values.databaseDirectUrl !== undefined) {
    demand('databaseUrl', 'is required with DATABASE_DIRECT_URL');
  }
  if (values.smtpUrl !== undefined) demand('mailFrom', 'is required with SMTP_URL');
  if (!faults.some(({ setting }) => setting.startsWith('REDIS_'))) {
    faults.push(...contradictionsOfRedis(values as Partial<Values>));
  }
  if (faults.length > 0) throw new ConfigError(faults);
  return assemble(values as Values);
}

function readSetting(setting: Setting<unknown>, env: Environment, faults: ConfigFault[]): unknown {
  const written = env[setting.name]?.trim();
  // Compose files and CI write `NAME=` for what they leave out.
  const isSet = written !== undefined && (written !== '' || setting.emptyIsValue === true);
  const value = isSet ? written : setting.default;
  if (value === undefined) return undefined;
  try {
    return setting.read(value);
  } catch (error) {
    faults.push({ setting: setting.name, message: (error as Error).message });
    return undefined;
  }
}

function assemble(values: Values): Config {
  const { egressAllowHttp, egressAllow = [], egressLoopback, ...others } = values;
  const { redisUrl, redisSentinels, redisMaster, redisCluster, ...rest } = others;
  const egress = Object.freeze({
    allowHttp: egressAllowHttp,
    allow: Object.freeze([...egressAllow]),
    allowLoopback: egressLoopback,
  });
  const redis = redisSettings({ redisUrl, redisSentinels, redisMaster, redisCluster });
  return Object.freeze({ ...rest, egress, redis });
}
