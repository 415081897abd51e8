import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { OperatorError, identityOf, stopProcess } from '@schoolbell/process';

interface Entry {
  pid: number;
  /** Distinguishes this process from a later one with the same id. */
  identity: string;
}

interface Record {
  supervisor: Entry;
  children: Entry[];
}

const LEFTOVER_TERM_MS = 3_000;
const LEFTOVER_KILL_MS = 2_000;

/**
 * Reserves a data folder for one running instance. The file also lists the child processes, so that the next start can
 * end what a killed supervisor left behind.
 */
export class InstanceLock {
  private children: Entry[] = [];
  private writing = Promise.resolve();

  private constructor(private readonly path: string) {}

  /** @throws OperatorError `already_running` when another instance owns the folder */
  static async take(path: string): Promise<InstanceLock> {
    const lock = new InstanceLock(path);
    while (!(await lock.create())) {
      const left = await readRecord(path);
      if (left && left.supervisor.pid !== process.pid && isSame(left.supervisor)) {
        throw new OperatorError(
          'already_running',
          `Schoolbell is already running on this data folder (process ${left.supervisor.pid}). Stop it first, or set SCHOOLBELL_HOME to another folder.`,
        );
      }
      for (const child of left?.children ?? []) {
        if (isSame(child)) await endLeftover(child.pid);
      }
      await rm(path, { force: true });
    }
    return lock;
  }

  /** Notes a child process that has just been started. */
  add(pid: number): void {
    const identity = identityOf(pid);
    if (identity === undefined) return;
    this.children = [...this.children.filter(isSame), { pid, identity }];
    this.write();
  }

  async release(): Promise<void> {
    await this.writing;
    await rm(this.path, { force: true });
  }

  /** @returns false if the file exists: it appears with all its content, for one process alone */
  private async create(): Promise<boolean> {
    const unfinished = await this.writeAside();
    try {
      await link(unfinished, this.path);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    } finally {
      await rm(unfinished, { force: true });
    }
  }

  /** One after the other. A record that cannot be written, on a full disk, only affects the next start. */
  private write(): void {
    this.writing = this.writing
      .then(async () => rename(await this.writeAside(), this.path))
      .catch(() => undefined);
  }

  private async writeAside(): Promise<string> {
    const supervisor = { pid: process.pid, identity: identityOf(process.pid) ?? '' };
    const record: Record = { supervisor, children: this.children };
    const path = `${this.path}.${process.pid}`;
    await writeFile(path, JSON.stringify(record), { mode: 0o600 });
    return path;
  }
}

/** A file that a crash cut short says nothing; the ports and Postgres itself still guard the folder. */
async function readRecord(path: string): Promise<Record | undefined> {
  try {
    const record = JSON.parse(await readFile(path, 'utf8')) as Partial<Record>;
    return record.supervisor && record.children ? (record as Record) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

function isSame({ pid, identity }: Entry): boolean {
  return identityOf(pid) === identity;
}

function endLeftover(pid: number): Promise<void> {
  return stopProcess(
    pid,
    { signal: 'SIGTERM', waitMs: LEFTOVER_TERM_MS },
    { signal: 'SIGKILL', waitMs: LEFTOVER_KILL_MS },
  );
}
