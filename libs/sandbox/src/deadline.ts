import { BUSY_FACTOR } from './limits.js';
import { PROCESSOR_TICK_MS, processorTime } from './processor-time.js';

/**
 * The time that a worker has for an answer. On a machine where others had the processor meanwhile, which no
 * request is to blame for, it has until it got that time of it, and ten times as long at most.
 */
export class Deadline {
  private timer: NodeJS.Timeout | undefined;
  private latest = 0;
  private processorMs = 0;
  private ms = 0;

  /** @param over called once for each `begin` that no `end` follows in time */
  constructor(
    private readonly pid: number | undefined,
    private readonly over: () => void,
  ) {}

  /**
   * Takes the place of the one that is running, if any.
   *
   * @param ms milliseconds
   * @param processorMs what the worker had used when it began
   */
  begin(ms: number, processorMs: number): void {
    this.end();
    this.ms = ms;
    this.processorMs = processorMs;
    this.latest = performance.now() + ms * BUSY_FACTOR;
    this.lookAfter(ms);
  }

  end(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private lookAfter(ms: number): void {
    // An answer that came while this process was busy itself is read before it looks.
    const timer = setTimeout(() => setImmediate(() => this.timer === timer && this.look()), ms);
    this.timer = timer;
  }

  private look(): void {
    const left = Math.min(this.processorMsLeft(), this.latest - performance.now());
    if (left > 0) return this.lookAfter(left);
    this.end();
    this.over();
  }

  private processorMsLeft(): number {
    const used = processorTime(this.pid);
    if (used === undefined) return 0;
    const left = this.ms - (used - this.processorMs);
    return left > PROCESSOR_TICK_MS ? left : 0;
  }
}
