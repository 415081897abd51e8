import { write, writeSync } from 'node:fs';
import type { DestinationStream } from 'pino';

/** A line waits so long for others: a write for each would cost more than making the line. Milliseconds. */
const GATHER_MS = 50;
/** How long a reader that takes nothing just now is left alone. Milliseconds. */
const LEAVE_ALONE_MS = 20;
/** Characters that wait for such a reader; lines on top of that are dropped. */
const MOST_WAITING = 16 * 1024 * 1024;

/**
 * Writes lines to a file descriptor by the block, without holding anybody up, and the rest when the process
 * exits. A reader that is gone for good is no reason to fail, nor to stay.
 */
export class BlockWriter implements DestinationStream {
  private readonly fd: number;
  private waiting = '';
  private block = Buffer.alloc(0);
  private timer: NodeJS.Timeout | undefined;
  private writing = false;
  private readerIsGone = false;

  constructor(fd: number) {
    this.fd = fd;
    process.once('exit', () => this.writeRest());
  }

  write(line: string): void {
    if (this.readerIsGone || this.waiting.length > MOST_WAITING) return;
    this.waiting += line;
    if (!this.writing) this.timer ??= setTimeout(() => this.writeNext(), GATHER_MS);
  }

  private writeNext(): void {
    this.timer = undefined;
    this.takeWaiting();
    this.writing = true;
    write(this.fd, this.block, (error, written) => {
      this.writing = false;
      const full = error?.code === 'EAGAIN';
      if (error && !full) return this.giveUp();
      this.block = this.block.subarray(full ? 0 : written);
      const left = this.block.length > 0 || this.waiting.length > 0;
      if (left) this.timer = setTimeout(() => this.writeNext(), full ? LEAVE_ALONE_MS : GATHER_MS);
    });
  }

  private takeWaiting(): void {
    this.block = Buffer.concat([this.block, Buffer.from(this.waiting)]);
    this.waiting = '';
  }

  /** Synchronously: nothing else is left to do. */
  private writeRest(): void {
    if (this.readerIsGone) return;
    // What is being written just now is written: the runtime waits for it.
    if (this.writing) this.block = Buffer.alloc(0);
    this.takeWaiting();
    try {
      while (this.block.length > 0) {
        this.block = this.block.subarray(writeSync(this.fd, this.block));
      }
    } catch {
      this.giveUp();
    }
  }

  private giveUp(): void {
    this.readerIsGone = true;
    this.waiting = '';
    this.block = Buffer.alloc(0);
  }
}
