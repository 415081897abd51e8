import { fstatSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import type { DestinationStream } from 'pino';

/** A line waits so long for others: a write for each would cost more than making the line. Milliseconds. */
const GATHER_MS = 50;
/** How long a reader that takes nothing just now, or a disk that is full, is left alone. Milliseconds. */
const LEAVE_ALONE_MS = 5;
/** Characters that wait for such a reader; lines on top of that are dropped. */
const MOST_WAITING = 16 * 1024 * 1024;
/** A process that exits waits so long for such a reader, and then exits without the rest. Milliseconds. */
const LAST_WAIT_MS = 1000;

let droppedInAll = 0;

/** How many lines of this process's logs nobody could write since its start: their reader stood still, or is gone. */
export function droppedLogLines(): number {
  return droppedInAll;
}

/**
 * Writes lines to a file descriptor by the block, without holding anybody up, and the rest when the process
 * exits. A reader that is gone for good is no reason to fail, nor to stay.
 *
 * In place of sonic-boom, which pino brings along, for three reasons. It measures what it has gathered at each line,
 * so that a line costs it three to five times the CPU time. While a pipe is full, its writes hold a thread that name
 * look-ups and file reads need, or the whole process. And it waits for as long as the reader takes when a process exits.
 */
export class BlockWriter implements DestinationStream {
  private readonly fd: number;
  private waiting = '';
  private block = Buffer.alloc(0);
  private timer: NodeJS.Timeout | undefined;
  private dropped = 0;
  private readerIsGone = false;

  constructor(fd: number) {
    this.fd = fd;
    neverBlock(fd);
    process.once('exit', () => this.writeRest());
  }

  write(line: string): void {
    if (this.readerIsGone) return void droppedInAll++;
    if (this.waiting.length < MOST_WAITING) this.waiting += line;
    else this.drop();
    this.writeAfter(GATHER_MS);
  }

  private drop(): void {
    this.dropped++;
    droppedInAll++;
  }

  /** No reason for a process to stay: what is left when it ends is written then. */
  private writeAfter(ms: number): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      if (!this.writeWhatFits()) this.writeAfter(LEAVE_ALONE_MS);
    }, ms).unref();
  }

  /** Synchronously: nothing else is left to do. */
  private writeRest(): void {
    const deadline = performance.now() + LAST_WAIT_MS;
    while (!this.writeWhatFits() && performance.now() < deadline) pause();
  }

  /** @returns whether nothing is left */
  private writeWhatFits(): boolean {
    try {
      while (this.block.length > 0 || this.takeWaiting()) {
        this.block = this.block.subarray(writeSync(this.fd, this.block));
      }
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EPIPE') this.giveUp();
      return this.readerIsGone;
    }
  }

  /** @returns whether there was anything */
  private takeWaiting(): boolean {
    if (this.dropped > 0) this.waiting += `${droppedLine(this.dropped)}\n`;
    this.dropped = 0;
    this.block = Buffer.from(this.waiting);
    this.waiting = '';
    return this.block.length > 0;
  }

  private giveUp(): void {
    this.readerIsGone = true;
    this.waiting = '';
    this.block = Buffer.alloc(0);
  }
}

/**
 * A write to a full pipe fails from now on, where it would wait for the reader, for ever perhaps. Files and
 * terminals are written as Node.js itself writes them. Node.js has no other way to ask for that than to begin
 * a stream; it puts what it inherited back as it was when the process exits.
 */
function neverBlock(fd: number): void {
  const stats = fstatSync(fd);
  if (stats.isFIFO() || stats.isSocket()) void new Socket({ fd, readable: false });
}

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
}

/** The line that stands in a log for lines which nobody could write. */
export function droppedLine(lines: number): string {
  return JSON.stringify({ time: new Date(), level: 'warn', msg: 'log.lines_dropped', lines });
}
