import { createWriteStream, renameSync, statSync, type WriteStream } from 'node:fs';

const MAX_BYTES = 10 * 1024 * 1024;

/**
 * A log file that cannot fill the disk: at 10 MiB it becomes `<name>.1`, in place of an older one, and a new
 * one begins.
 */
export class LogFile {
  private stream: WriteStream;
  private bytes: number;

  constructor(private readonly path: string) {
    this.bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    this.stream = this.open();
  }

  write(line: string): void {
    if (this.bytes >= MAX_BYTES) this.rotate();
    this.bytes += Buffer.byteLength(line) + 1;
    this.stream.write(`${line}\n`);
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.stream.end(() => resolve()));
  }

  private rotate(): void {
    this.stream.end();
    renameSync(this.path, `${this.path}.1`);
    this.bytes = 0;
    this.stream = this.open();
  }

  private open(): WriteStream {
    const stream = createWriteStream(this.path, { flags: 'a', mode: 0o600 });
    // A full disk must not end the product; what is worth seeing goes to the terminal as well.
    stream.on('error', () => undefined);
    return stream;
  }
}
