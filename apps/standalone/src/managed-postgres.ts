import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataFolder } from './data-folder.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@schoolbell/embedded-postgres';
import type { LogFile, LogFileLimits } from './log-file.js';
import { RestartDelay } from './restart-delay.js';
import { logFile } from './service-log.js';
import { tell, warn } from './terminal.js';

/** Connections that Postgres allows unless it is told otherwise. */
const USUAL_CONNECTIONS = 100;

/** The embedded Postgres, which is restarted when it dies. */
export class ManagedPostgres {
  private readonly stopping = new AbortController();
  private readonly keeper: Promise<void>;

  private constructor(
    private readonly folder: DataFolder,
    private readonly log: LogFile,
    private readonly connections: number,
    private server: EmbeddedPostgres,
  ) {
    this.keeper = this.keepRunning();
  }

  /**
   * @param connections that it has to allow
   * @throws OperatorError when it does not start the first time
   */
  static async start(
    folder: DataFolder,
    limits: LogFileLimits,
    connections: number,
  ): Promise<ManagedPostgres> {
    const log = logFile(join(folder.logs, 'postgres.log'), 'postgres', limits);
    const server = await launch(folder, log, connections);
    return new ManagedPostgres(folder, log, connections, server);
  }

  get url(): string {
    return this.server.url;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.server.stop();
    // A restart may have been under way.
    await this.keeper;
    await this.server.stop();
    await this.log.close();
  }

  private async keepRunning(): Promise<void> {
    const delay = new RestartDelay();
    while (!this.stopping.signal.aborted) {
      const startedAt = Date.now();
      await this.server.exited;
      if (this.stopping.signal.aborted) return;
      warn('[postgres] ended; starting it again');
      await this.startAgain(delay, Date.now() - startedAt);
    }
  }

  /** Processes of the dead server may hold its shared memory for a moment, so that a start can fail. */
  private async startAgain(delay: RestartDelay, ranMs: number): Promise<void> {
    const { signal } = this.stopping;
    for (let ran = ranMs; !signal.aborted; ran = 0) {
      await sleep(delay.after(ran), undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        // API and dispatcher know its port, so it must stay the same.
        this.server = await launch(this.folder, this.log, this.connections, { keepPort: true });
        return;
      } catch (error) {
        warn(`[postgres] ${(error as Error).message}`);
      }
    }
  }
}

async function launch(
  folder: DataFolder,
  log: LogFile,
  connections: number,
  options: { keepPort?: boolean } = {},
): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({
    ...options,
    settings: { max_connections: String(Math.max(USUAL_CONNECTIONS, connections)) },
    folder: folder.postgres,
    log: (line) => log.write(line),
    onFirstStart: () => tell('Setting up the database (first start only) …'),
  });
  folder.lock.add(server.pid);
  return server;
}
