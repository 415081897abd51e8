import { join } from 'node:path';
import { LogFile, type LogFileLimits } from './log-file.js';
import { warn } from './terminal.js';

interface ServiceLogOptions {
  folder: string;
  /** Of the service. */
  name: string;
  limits: LogFileLimits;
}

/**
 * What a service says: every line in one file, and what is worth seeing in a second one, too. Thousands of
 * attempts a second push a warning out of the first file within minutes, and out of the second never.
 */
export class ServiceLog {
  readonly path: string;
  private readonly all: LogFile;
  private readonly warnings: LogFile;

  constructor({ folder, name, limits }: ServiceLogOptions) {
    this.path = join(folder, `${name}.log`);
    this.all = logFile(this.path, name, limits);
    this.warnings = logFile(join(folder, `${name}-warnings.log`), name, limits);
  }

  write(line: string, worthSeeing: boolean): void {
    this.all.write(line);
    if (worthSeeing) this.warnings.write(line);
  }

  async close(): Promise<void> {
    await Promise.all([this.all.close(), this.warnings.close()]);
  }
}

/** A log file that says on the terminal, under a name, when it is in trouble. */
export function logFile(path: string, name: string, limits: LogFileLimits): LogFile {
  return new LogFile(path, limits, (reason) =>
    warn(`[${name}] trouble with a log file, trying again: ${reason}`),
  );
}
