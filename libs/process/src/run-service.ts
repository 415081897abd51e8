import { createLogger, type Logger, type LogLevel } from '@schoolbell/logging';
import { readSettings } from './read-settings.js';
import { giveBackAtRest } from './give-back-at-rest.js';
import { onStopSignal } from './stop-signals.js';

/** Kept of the grace period, so that the end of the process, its last log lines included, is within it. */
const LAST_LINES_MS = 1500;

export interface ServiceSettings {
  logLevel: LogLevel;
  /** Seconds between the signal to stop and the exit. */
  shutdownGraceSeconds: number;
}

export interface RunningService {
  /**
   * Takes nothing new and lets what is under way end. When the promise resolves, the process exits.
   *
   * @param withinMs the process exits after this long in any case
   */
  stop(withinMs: number): Promise<void>;
}

/** What makes a service of its own out of a process. */
export interface Service<S extends ServiceSettings> {
  /** Stands in each line of its log. */
  name: string;
  /** @throws an error with the code `invalid_configuration` that names every fault */
  readSettings: () => S;
  /** What comes before the start and needs no stop: a signal meanwhile ends the process at once. */
  prepare: (settings: S, logger: Logger) => Promise<void>;
  /** A signal meanwhile stops the service as soon as it has started. */
  start: (settings: S, logger: Logger) => Promise<RunningService>;
}

/**
 * Runs a service from its settings to its exit code: 0 when a signal stopped it, within its grace period; 1 when
 * it could not start, could not stop cleanly, crashed, or was told to stop now by a later second signal.
 */
export async function runService<S extends ServiceSettings>(service: Service<S>): Promise<void> {
  const settings = readSettings(service.readSettings);
  const logger = createLogger({ level: settings.logLevel, name: service.name });
  // Node would print the line of the bundle where it happened, which may be a megabyte.
  process.once('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'crashed');
    process.exit(1);
  });
  let started: Promise<RunningService> | undefined;
  onStopSignal({
    stop: (signal) => {
      logger.info({ signal }, 'stopping');
      void stopAndExit(started, settings.shutdownGraceSeconds * 1000, logger);
    },
    stopNow: () => process.exit(1),
  });
  try {
    await service.prepare(settings, logger);
    started = service.start(settings, logger);
    await started;
    giveBackAtRest();
  } catch (error) {
    logger.fatal({ err: error }, 'could not start');
    process.exit(1);
  }
}

async function stopAndExit(
  started: Promise<RunningService> | undefined,
  graceMs: number,
  logger: Logger,
): Promise<void> {
  const withinMs = Math.max(graceMs - LAST_LINES_MS, graceMs / 2);
  const deadline = performance.now() + withinMs;
  setTimeout(exitUnfinished, withinMs, logger).unref();
  try {
    const running = await started;
    await running?.stop(Math.max(0, deadline - performance.now()));
  } catch (error) {
    logger.error({ err: error }, 'could not stop cleanly');
    process.exit(1);
  }
  logger.info('stopped');
  process.exit(0);
}

/** Whoever still waits for an answer gets none and asks elsewhere; what is not recorded is taken over. */
function exitUnfinished(logger: Logger): void {
  logger.warn('stopped before everything had finished');
  process.exit(0);
}
