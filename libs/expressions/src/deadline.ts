import { DEADLINE_MS, DEADLINE_WHEN_BUSY_MS } from './limits.js';
import { PROCESSOR_TICK_MS, processorTime } from './processor-time.js';

/**
 * The time that an evaluator has for an answer: 50 ms. On a machine where others had the processor meanwhile,
 * which no expression is to blame for, it has until it got 50 ms of it, and 500 ms at most.
 */
export class Deadline {
  #timer: NodeJS.Timeout | undefined;
  #latest = 0;
  #processorMs = 0;

  /** @param over called once for each `begin` that no `end` follows in time */
  constructor(
    private readonly pid: number | undefined,
    private readonly over: () => void,
  ) {}

  /** @param processorMs what the evaluator had used when it began */
  begin(processorMs: number): void {
    this.#processorMs = processorMs;
    this.#latest = performance.now() + DEADLINE_WHEN_BUSY_MS;
    this.#lookAfter(DEADLINE_MS);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #lookAfter(ms: number): void {
    // An answer that came while this process was busy itself is read before it looks.
    const timer = setTimeout(() => setImmediate(() => this.#timer === timer && this.#look()), ms);
    this.#timer = timer;
  }

  #look(): void {
    const left = Math.min(this.#processorMsLeft(), this.#latest - performance.now());
    if (left > 0) return this.#lookAfter(left);
    this.end();
    this.over();
  }

  #processorMsLeft(): number {
    const used = processorTime(this.pid);
    if (used === undefined) return 0;
    const left = DEADLINE_MS - (used - this.#processorMs);
    return left > PROCESSOR_TICK_MS ? left : 0;
  }
}
