import { write, writeSync } from 'node:fs';
import type { DestinationStream } from 'pino';

/** A line waits so long for others: a write for each would cost more than making the line. Milliseconds. */
const GATHER_MS = 50;
/** How long a reader that takes nothing just now, or a disk that is full, is left alone. Milliseconds. */
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
  private dropped = 0;
  private readerIsGone = false;

  constructor(fd: number) {
    this.fd = fd;
    process.once('exit', () => this.writeRest());
  }

  write(line: string): void {
    if (this.readerIsGone) return;
    if (this.waiting.length < MOST_WAITING) this.waiting += line;
    else this.dropped++;
    if (!this.writing) this.timer ??= setTimeout(() => this.writeNext(), GATHER_MS);
  }

  private writeNext(): void {
    this.timer = undefined;
    if (this.block.length === 0) this.takeWaiting();
    this.writing = true;
    write(this.fd, this.block, (error, written) => {
      this.writing = false;
      if (error?.code === 'EPIPE') return this.giveUp();
      if (!error) this.block = this.block.subarray(written);
      if (this.block.length > 0) this.again(error ? LEAVE_ALONE_MS : 0);
      else if (this.waiting.length > 0) this.again(GATHER_MS);
    });
  }

  private again(afterMs: number): void {
    if (afterMs === 0) this.writeNext();
    else this.timer = setTimeout(() => this.writeNext(), afterMs);
  }

  private takeWaiting(): void {
    if (this.dropped > 0) this.waiting += `${droppedLine(this.dropped)}\n`;
    this.dropped = 0;
    this.block = Buffer.from(this.waiting);
    this.waiting = '';
  }

  /** Synchronously: nothing else is left to do. */
  private writeRest(): void {
    if (this.readerIsGone) return;
    // What is being written just now is written: the runtime waits for it.
    if (this.writing) this.block = Buffer.alloc(0);
    try {
      this.writeBlock();
      this.takeWaiting();
      this.writeBlock();
    } catch {
      this.giveUp();
    }
  }

  private writeBlock(): void {
    while (this.block.length > 0) {
      this.block = this.block.subarray(writeSync(this.fd, this.block));
    }
  }

  private giveUp(): void {
    this.readerIsGone = true;
    this.waiting = '';
    this.block = Buffer.alloc(0);
  }
}

function droppedLine(lines: number): string {
  return JSON.stringify({ time: new Date(), level: 'warn', msg: 'log.lines_dropped', lines });
}
