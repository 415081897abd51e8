import { open, type FileHandle } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { droppedLine } from '@schoolbell/logging';
import { rotateFile } from './rotate-file.js';

/** Characters that wait while the file cannot be written; lines on top of that are dropped. */
const MOST_WAITING = 16 * 1024 * 1024;
const TRY_AGAIN_MS = 1000;

export interface LogFileLimits {
  /** A file of this size is ended, with its last lines complete, and a new one begun. */
  maxBytes: number;
  /** Files that are kept, with the one that is written; at least 2. */
  files: number;
}

/**
 * A log file that cannot fill the disk. What cannot be written, as to a full disk, waits in memory: the product
 * goes on, and no line is lost until too many wait.
 */
export class LogFile {
  private waiting = '';
  private dropped = 0;
  /** What is being written. Ends with a whole line. */
  private block = Buffer.alloc(0);
  private file: FileHandle | undefined;
  private bytes = 0;
  /** The size at which the file is ended. */
  private endAt: number;
  private writing: Promise<void> | undefined;
  private inTrouble = false;
  private readonly closing = new AbortController();

  /** @param onTrouble told why the file cannot be written, once until it can, or why no new one can be begun */
  constructor(
    private readonly path: string,
    private readonly limits: LogFileLimits,
    private readonly onTrouble: (reason: string) => void = () => undefined,
    private readonly tryAgainMs = TRY_AGAIN_MS,
  ) {
    this.endAt = limits.maxBytes;
  }

  write(line: string): void {
    if (this.waiting.length < MOST_WAITING) this.waiting += `${line}\n`;
    else this.dropped++;
    this.writing ??= this.writeAll();
  }

  /** Writes what waits, if it can be written. */
  async close(): Promise<void> {
    this.closing.abort();
    await this.writing;
    await this.closeFile();
  }

  private async writeAll(): Promise<void> {
    while (this.block.length > 0 || this.takeWaiting()) {
      if (await this.tryToWrite()) continue;
      if (this.closing.signal.aborted) break;
      await sleep(this.tryAgainMs, undefined, { signal: this.closing.signal }).catch(none);
    }
    this.writing = undefined;
  }

  private async tryToWrite(): Promise<boolean> {
    try {
      await this.writeBlock();
      this.inTrouble = false;
      return true;
    } catch (error) {
      if (!this.inTrouble) this.onTrouble((error as Error).message);
      this.inTrouble = true;
      // The next try opens the path anew: another file may be there by then.
      await this.closeFile();
      return false;
    }
  }

  private async writeBlock(): Promise<void> {
    this.file ??= await this.openFile();
    while (this.block.length > 0) {
      const { bytesWritten } = await this.file.write(this.block);
      this.block = this.block.subarray(bytesWritten);
      this.bytes += bytesWritten;
    }
    if (this.bytes >= this.endAt) await this.rotate();
  }

  /** When it fails, the file grows by its size once more: better one that is too long than a line that is lost. */
  private async rotate(): Promise<void> {
    await this.closeFile();
    try {
      await rotateFile(this.path, this.limits.files);
      this.bytes = 0;
      this.endAt = this.limits.maxBytes;
    } catch (error) {
      this.endAt = this.bytes + this.limits.maxBytes;
      this.onTrouble((error as Error).message);
    }
  }

  private async openFile(): Promise<FileHandle> {
    const file = await open(this.path, 'a', 0o600);
    this.bytes = (await file.stat()).size;
    return file;
  }

  private async closeFile(): Promise<void> {
    const file = this.file;
    this.file = undefined;
    await file?.close().catch(none);
  }

  /**
   * Takes as many whole lines as the file has room for, and at least one.
   *
   * @returns whether there was any
   */
  private takeWaiting(): boolean {
    if (this.dropped > 0) this.waiting += `${droppedLine(this.dropped)}\n`;
    this.dropped = 0;
    const room = Math.max(0, this.endAt - this.bytes - 1);
    const lineEnd = this.waiting.indexOf('\n', room);
    const end = lineEnd === -1 ? this.waiting.length : lineEnd + 1;
    this.block = Buffer.from(this.waiting.slice(0, end));
    this.waiting = this.waiting.slice(end);
    return this.block.length > 0;
  }
}

const none = (): void => undefined;
