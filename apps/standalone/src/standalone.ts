import { randomUUID } from 'node:crypto';
import { loadConfig, type Config, type Environment } from '@schoolbell/config';
import { giveBackAtRest } from '@schoolbell/process';
import { ChildService } from './child-service.js';
import type { Credentials } from './credentials.js';
import { openDataFolder, type DataFolder } from './data-folder.js';
import { apiUrlOf, requireFreePort } from './listen-address.js';
import type { LogFileLimits } from './log-file.js';
import { ManagedPostgres } from './managed-postgres.js';
import { opensLoopback } from './opens-loopback.js';
import { Preparation } from './preparation.js';
import { secretsOf, type Secrets } from './secrets.js';
import { tell } from './terminal.js';
import { untilReady } from './until-ready.js';

/** Ends what was started, in reverse order. */
type CleanUp = (() => Promise<void>)[];

/**
 * Runs the whole product until it is asked to stop: the data folder, Postgres, migrations, first keys, API and
 * dispatcher.
 *
 * @param signal aborts to stop; everything has ended when the promise settles
 * @throws ConfigError, OperatorError
 */
export async function runStandalone(env: Environment, signal: AbortSignal): Promise<void> {
  const config = loadConfig(env);
  const cleanUp: CleanUp = [];
  try {
    const folder = await openDataFolder(config.schoolbellHome);
    cleanUp.push(() => folder.lock.release());
    await requireFreePort(config.host, config.port);
    const secrets = await secretsOf(config, folder);
    const preparation = new Preparation((pid) => folder.lock.add(pid));
    cleanUp.push(() => preparation.stop());
    const databaseUrl = await findPostgres(config, folder, cleanUp);
    const credentials = await preparation.run({
      path: folder.credentials,
      apiUrl: apiUrlOf(config.host, config.port),
      databaseUrl: config.databaseDirectUrl ?? databaseUrl,
      encryptionKey: secrets.encryptionKey,
    });
    if (signal.aborted) return;
    const services = startServices({ env, config, folder, secrets, databaseUrl });
    cleanUp.push(async () => void (await Promise.all(services.map((each) => each.stop()))));
    await untilReady(credentials.apiUrl, services, signal);
    if (signal.aborted) return;
    announce(credentials, folder);
    giveBackAtRest();
    await aborted(signal);
  } finally {
    for (const undo of cleanUp.toReversed()) await undo();
  }
}

/** @returns the URL of the operator's Postgres, or of one that is started here */
async function findPostgres(config: Config, folder: DataFolder, cleanUp: CleanUp): Promise<string> {
  if (config.databaseUrl !== undefined) return config.databaseUrl;
  const postgres = await ManagedPostgres.start(folder, logLimitsOf(config));
  cleanUp.push(() => postgres.stop());
  return postgres.url;
}

interface ServicesOptions {
  env: Environment;
  config: Config;
  folder: DataFolder;
  secrets: Secrets;
  databaseUrl: string;
}

function startServices({ env, config, folder, secrets, databaseUrl }: ServicesOptions) {
  const childEnv = {
    ...env,
    DATABASE_URL: databaseUrl,
    ENCRYPTION_KEY: secrets.encryptionKey,
    JWT_SECRET: secrets.jwtSecret,
    EGRESS_LOOPBACK: opensLoopback(env),
    DISPATCHER_NAME: dispatcherNameOf(config),
  };
  return (['api', 'dispatcher'] as const).map(
    (name, index) =>
      new ChildService({
        name,
        env: { ...childEnv, ...metricsPortOf(config, index) },
        traced: config.otlpEndpoint !== undefined,
        logFolder: folder.logs,
        logLimits: logLimitsOf(config),
        graceSeconds: config.shutdownGraceSeconds,
        onStart: (pid) => folder.lock.add(pid),
      }),
  );
}

/**
 * A dispatcher takes over from the one that had its name before: the one of the same data folder, if Postgres is in it;
 * otherwise the one of the same supervisor, since others may use that Postgres too.
 */
function dispatcherNameOf({ databaseUrl }: Config): string {
  return databaseUrl === undefined ? 'npm start' : `npm start ${randomUUID()}`;
}

/** On one machine each has a port of its own: the one that is set, and those after it. */
function metricsPortOf({ metricsPort }: Config, index: number): Environment {
  return metricsPort === undefined ? {} : { METRICS_PORT: String(metricsPort + index) };
}

function logLimitsOf({ logFileMb, logFiles }: Config): LogFileLimits {
  return { maxBytes: logFileMb * 1024 * 1024, files: logFiles };
}

function announce({ apiUrl, dashboardUrl, dashboard }: Credentials, folder: DataFolder): void {
  tell(`
Schoolbell is ready.

  API          ${apiUrl}/v1
  Docs         ${apiUrl}/docs
  Dashboard    ${dashboardUrl}
  Sign in as   ${dashboard.email}, with the password in credentials.json
  Credentials  ${folder.credentials}
  Logs         ${folder.logs}

Ctrl-C stops it.`);
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
}
