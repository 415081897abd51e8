import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Launch, Launched } from './launch.js';
import type { LogFileLimits } from './log-file.js';
import { forTerminal } from './log-line.js';
import { RestartDelay } from './restart-delay.js';
import { ServiceLog } from './service-log.js';
import { tell, warn } from './terminal.js';

/** In addition to the grace period that the child gives itself. */
const PATIENCE_MS = 3_000;

interface ChildServiceOptions extends Launched {
  /** Tells it from others of its program, on the terminal and by its log files. */
  name: string;
  launch: Launch;
  logFolder: string;
  logLimits: LogFileLimits;
  /** What the child allows itself between SIGTERM and its end. */
  graceSeconds: number;
  /** Called for each process that is started. */
  onStart: (pid: number) => void;
}

/** API or dispatcher as a child process, which is restarted when it dies. */
export class ChildService {
  /** How often it ended unasked. */
  deaths = 0;
  private child: ChildProcess | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopping = false;
  private readonly log: ServiceLog;
  private readonly delay = new RestartDelay();

  constructor(private readonly options: ChildServiceOptions) {
    const { name, logFolder: folder, logLimits: limits } = options;
    this.log = new ServiceLog({ folder, name, limits });
    this.start();
  }

  get name(): string {
    return this.options.name;
  }

  get logPath(): string {
    return this.log.path;
  }

  get running(): boolean {
    return this.child !== undefined;
  }

  /** SIGTERM, then SIGKILL for a process that outlives its grace period. */
  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    const child = this.child;
    if (child) {
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGTERM');
      const patience = this.options.graceSeconds * 1000 + PATIENCE_MS;
      const timer = setTimeout(() => child.kill('SIGKILL'), patience);
      await ended;
      clearTimeout(timer);
    }
    await this.log.close();
  }

  private start(): void {
    const { name, launch, onStart } = this.options;
    const startedAt = Date.now();
    const child = launch(this.options);
    this.child = child;
    for (const output of [child.stdout!, child.stderr!]) {
      createInterface({ input: output }).on('line', (line) => this.note(line));
    }
    child.once('close', (code, signal) => this.ended(Date.now() - startedAt, signal ?? code));
    child.once('error', (error) => warn(`[${name}] could not be started: ${error.message}`));
    if (child.pid !== undefined) onStart(child.pid);
  }

  private note(line: string): void {
    const shown = forTerminal(this.options.name, line);
    this.log.write(line, shown !== undefined);
    if (shown !== undefined) warn(shown);
  }

  private ended(ranMs: number, how: string | number | null): void {
    this.child = undefined;
    if (this.stopping) return;
    this.deaths++;
    const delayMs = this.delay.after(ranMs);
    const { name } = this;
    warn(`[${name}] ended (${how}); starting it again in ${delayMs / 1000} s`);
    this.timer = setTimeout(() => {
      tell(`[${name}] starting again`);
      this.start();
    }, delayMs);
  }
}
