import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { COMPILE_CACHE } from './compile-cache.js';

const ROOT = join(import.meta.dirname, '..', '..');
const STOP_WITH_PARENT = join(ROOT, 'dist/apps/standalone/src/stop-with-parent.js');
/** V8 collects twice more once a process rests, after the service itself has: 0.12 s of a core for most that are started. */
const AT_REST_ONCE = '--no-memory-reducer';
/** The half of them is kept when there are more: to cut off a little with each line would copy all of it each time. */
const MOST_CHARACTERS = 1_000_000;
const TERM_TIMEOUT_MS = 35_000;

/** Those that run, and those that ended unasked since the last look at their logs. */
const watched = new Set<ServiceProcess>();

/** A Schoolbell process as it runs in production: compiled and bundled, with its own environment. */
export class ServiceProcess {
  private child: ChildProcess;
  private output = '';
  private isAskedToEnd = false;

  constructor(
    readonly name: 'api' | 'dispatcher',
    private readonly env: Record<string, string>,
    /** The checkout that it belongs to, which has to be built if it is another one. */
    private readonly root = ROOT,
  ) {
    this.child = this.start();
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** False once it has ended, for whatever reason. */
  get alive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Null while it runs, and if a signal ended it. */
  get exitCode(): number | null {
    return this.child.exitCode;
  }

  /** The end of its log, including runs before a restart. */
  get logs(): string {
    return this.output;
  }

  /** The lines of the log that are JSON. */
  get logLines(): Record<string, unknown>[] {
    return linesOf(this.output);
  }

  /** `kill -9`. Resolves when it is gone. */
  async kill(): Promise<void> {
    this.isAskedToEnd = true;
    this.child.kill('SIGKILL');
    await this.exited();
  }

  /** SIGTERM. Resolves to its exit code; a process that does not stop is killed, which gives `null`. */
  async term(): Promise<number | null> {
    this.isAskedToEnd = true;
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), TERM_TIMEOUT_MS);
    await this.exited();
    clearTimeout(timer);
    return this.child.exitCode;
  }

  /** Starts it again with the same environment, after it has ended. */
  restart(): void {
    if (this.alive) throw new Error(`${this.name} is still running.`);
    this.child = this.start();
  }

  async exited(): Promise<void> {
    if (this.alive) await new Promise((resolve) => this.child.once('exit', resolve));
  }

  private start(): ChildProcess {
    this.isAskedToEnd = false;
    const main = join(this.root, `dist/bundles/${this.name}.js`);
    const child = spawn(process.execPath, [AT_REST_ONCE, '--import', STOP_WITH_PARENT, main], {
      cwd: this.root,
      env: { ...COMPILE_CACHE, ...this.env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const collect = (text: string): void => {
      this.output += text;
      if (this.output.length > MOST_CHARACTERS)
        this.output = this.output.slice(-MOST_CHARACTERS / 2);
    };
    child.stdout!.setEncoding('utf8').on('data', collect);
    child.stderr!.setEncoding('utf8').on('data', collect);
    child.once('exit', () => this.isAskedToEnd && watched.delete(this));
    watched.add(this);
    return child;
  }
}

/** The lines of a log that are JSON. */
export function linesOf(log: string): Record<string, unknown>[] {
  return log.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line)];
    } catch {
      return [];
    }
  });
}

/** The latest log lines of every service that runs in this test file or ended unasked, for a test that failed. */
export function logsOfServices(): string {
  const shown = [...watched];
  forgetEnded();
  return shown
    .map(({ name, pid, alive, exitCode, logs }) => {
      const end = alive ? '' : `, ended unasked with ${exitCode}`;
      return `--- ${name} ${pid}${end}\n${logs.slice(-8_000)}`;
    })
    .join('\n');
}

/** What ended by the end of a test that passed was meant to. */
export function forgetEnded(): void {
  for (const service of watched) if (!service.alive) watched.delete(service);
}
