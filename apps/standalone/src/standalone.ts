import { randomUUID } from 'node:crypto';
import { loadConfig, type Config, type Environment } from '@schoolbell/config';
import { giveBackAtRest } from '@schoolbell/process';
import { ChildService } from './child-service.js';
import type { Credentials } from './credentials.js';
import { openDataFolder, type DataFolder } from './data-folder.js';
import { launchAlone, launchSharing, type Launch, type Program } from './launch.js';
import { apiUrlOf, requireFreePort } from './listen-address.js';
import type { LogFileLimits } from './log-file.js';
import { ManagedPostgres } from './managed-postgres.js';
import { opensLoopback } from './opens-loopback.js';
import { Preparation } from './preparation.js';
import { connectionsOf, heapLimitMb, processCounts } from './process-counts.js';
import { secretsOf, type Secrets } from './secrets.js';
import { tell } from './terminal.js';
import { untilReady } from './until-ready.js';

/** Ends what was started, in reverse order. */
type CleanUp = (() => Promise<void>)[];

/**
 * Runs the whole product until it is asked to stop: the data folder, Postgres, migrations, first keys, APIs
 * and dispatchers.
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
  const connections = connectionsOf(processCounts(config));
  const postgres = await ManagedPostgres.start(folder, logLimitsOf(config), connections);
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

function startServices(options: ServicesOptions): ChildService[] {
  const { config } = options;
  const { apis, dispatchers } = processCounts(config);
  const start = serviceStarter(options);
  const name = dispatcherNameOf(config);
  return [
    ...numbered('api', apis).map((each, n) =>
      start('api', each, apis > 1 ? launchSharing : launchAlone, metricsPortOf(config, n)),
    ),
    ...numbered('dispatcher', dispatchers).map((each, n) =>
      start('dispatcher', each, launchAlone, {
        DISPATCHER_NAME: n === 0 ? name : `${name} ${n + 1}`,
        ...metricsPortOf(config, apis + n),
      }),
    ),
  ];
}

function serviceStarter({ env, config, folder, secrets, databaseUrl }: ServicesOptions) {
  const childEnv = {
    ...env,
    DATABASE_URL: databaseUrl,
    ENCRYPTION_KEY: secrets.encryptionKey,
    JWT_SECRET: secrets.jwtSecret,
    EGRESS_LOOPBACK: opensLoopback(env),
  };
  return (program: Program, name: string, launch: Launch, own: NodeJS.ProcessEnv) =>
    new ChildService({
      program,
      name,
      launch,
      heapMb: heapLimitMb(processCounts(config)),
      traced: config.otlpEndpoint !== undefined,
      env: { ...childEnv, ...own },
      logFolder: folder.logs,
      logLimits: logLimitsOf(config),
      graceSeconds: config.shutdownGraceSeconds,
      onStart: (pid) => folder.lock.add(pid),
    });
}

/** `api`, `api-2`, `api-3`. */
function numbered(program: Program, count: number): string[] {
  return Array.from({ length: count }, (_, n) => (n === 0 ? program : `${program}-${n + 1}`));
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
