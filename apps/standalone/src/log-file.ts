import { open, type FileHandle } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { droppedLine } from '@schoolbell/logging';
import { rotateFile } from './rotate-file.js';

/** Characters that wait while the file cannot be written; further lines are dropped. */
const MOST_WAITING = 16 * 1024 * 1024;
const TRY_AGAIN_MS = 1000;

export interface LogFileLimits {
  /** A file of this size is ended after a complete line, and a new one is begun. */
  maxBytes: number;
  /** Files that are kept, including the present one; at least 2. */
  files: number;
}

/**
 * A log file that cannot fill the disk. Lines that cannot be written, for example to a full disk, wait in memory: the
 * product goes on, and no line is lost until too many wait.
 */
export class LogFile {
  private waiting = '';
  private dropped = 0;
  /** The bytes being written. Ends with a complete line. */
  private block = Buffer.alloc(0);
  private file: FileHandle | undefined;
  private bytes = 0;
  /** The size at which the file is ended. */
  private endAt: number;
  private writing: Promise<void> | undefined;
  private inTrouble = false;
  private readonly closing = new AbortController();

  /**
   * @param onTrouble called when the file cannot be written, once until it can again, or when no new one can be begun
   */
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

  /** Writes what waits, if possible. */
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
      // The next try opens the path again: it may then be another file.
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

  /** If it fails, the file grows by its size once more: better a file that is too long than a lost line. */
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
   * Takes as many complete lines as the file has room for, and at least one.
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
