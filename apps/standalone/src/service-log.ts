import { join } from 'node:path';
import { LogFile, type LogFileLimits } from './log-file.js';
import { warn } from './terminal.js';

interface ServiceLogOptions {
  folder: string;
  /** The service's name. */
  name: string;
  limits: LogFileLimits;
}

/**
 * The log of a service: every line in one file, and warnings and worse in a second file too. Thousands of attempts a
 * second push a warning out of the first file within minutes, and never out of the second.
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

/** A log file that reports its own trouble on the terminal, under a name. */
export function logFile(path: string, name: string, limits: LogFileLimits): LogFile {
  return new LogFile(path, limits, (reason) =>
    warn(`[${name}] trouble with a log file, trying again: ${reason}`),
  );
}
