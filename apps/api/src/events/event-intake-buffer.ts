import type { Acceptance, EventIntake, IncomingEvent, Wakes } from '@schoolbell/delivery';
import { isDatabaseUnavailable } from '@schoolbell/persistence';
import { ApiError } from '../http/api-error.js';

export interface IntakeLimits {
  /** Events of one statement. */
  flushEvents: number;
  /** Bytes of payload of one statement, unless a single event has more. */
  flushBytes: number;
  /** Events waiting for a flush; beyond it the next one is refused. */
  waitingEvents: number;
  /** Bytes of their payloads; beyond it too. Each is held about three times: as text, parsed, and to be stored. */
  waitingBytes: number;
  /** How long a flush waits for company while events keep coming. Milliseconds. */
  lingerMs: number;
}

/** `waitingEvents` is about a second of full load. */
export const INTAKE_LIMITS: IntakeLimits = {
  flushEvents: 500,
  flushBytes: 8 * 1024 * 1024,
  waitingEvents: 10_000,
  waitingBytes: 16 * 1024 * 1024,
  lingerMs: 4,
};

interface Waiting {
  event: IncomingEvent;
  resolve: (acceptance: Acceptance) => void;
  reject: (error: unknown) => void;
}

/**
 * Makes one statement of the events that arrive while another is under way: committing a hundred together
 * costs little more than committing one. One flush is in flight at a time. When the last flush had a single
 * event there is no crowd to wait for and the next goes at once; else it lingers a little.
 */
export class EventIntakeBuffer {
  #waiting: Waiting[] = [];
  #waitingBytes = 0;
  #flushing = false;
  #scheduled = false;
  #crowded = false;

  constructor(
    private readonly intake: EventIntake,
    private readonly wakes: Wakes,
    private readonly limits: IntakeLimits = INTAKE_LIMITS,
  ) {}

  /**
   * Resolves once the event is committed.
   *
   * @throws ApiError `service_unavailable` when too many wait already
   * @throws what the database threw when it is away, to everybody who waits
   */
  accept(event: IncomingEvent): Promise<Acceptance> {
    if (this.#isFull()) return Promise.reject(tooManyWaiting());
    return new Promise((resolve, reject) => {
      this.#waiting.push({ event, resolve, reject });
      this.#waitingBytes += event.payload.length;
      this.#schedule();
    });
  }

  #isFull(): boolean {
    const { waitingEvents, waitingBytes } = this.limits;
    return this.#waiting.length >= waitingEvents || this.#waitingBytes >= waitingBytes;
  }

  #schedule(): void {
    if (this.#flushing || this.#waiting.length === 0) return;
    if (this.#waiting.length >= this.limits.flushEvents) return void this.#flush();
    if (this.#scheduled) return;
    this.#scheduled = true;
    // Even without a crowd, what was read from the sockets in the same turn goes together.
    if (this.#crowded) setTimeout(() => this.#flush(), this.limits.lingerMs);
    else setImmediate(() => this.#flush());
  }

  async #flush(): Promise<void> {
    this.#scheduled = false;
    if (this.#flushing || this.#waiting.length === 0) return;
    this.#flushing = true;
    const flush = this.#take();
    this.#crowded = flush.length > 1;
    await this.#settle(flush);
    this.#flushing = false;
    this.#schedule();
  }

  #take(): Waiting[] {
    let count = 0;
    let bytes = 0;
    while (count < this.#waiting.length && count < this.limits.flushEvents) {
      bytes += this.#waiting[count]!.event.payload.length;
      if (count > 0 && bytes > this.limits.flushBytes) break;
      count += 1;
    }
    return this.#leave(count);
  }

  /** Those who wait longest, as many as `count`; they wait no longer. */
  #leave(count: number): Waiting[] {
    const leaving = this.#waiting.splice(0, count);
    for (const { event } of leaving) this.#waitingBytes -= event.payload.length;
    return leaving;
  }

  /** Never rejects: what went wrong is told to those who wait. */
  async #settle(flush: readonly Waiting[]): Promise<void> {
    try {
      const report = await this.intake.accept(flush.map(({ event }) => event));
      if (report.webhookIds.length > 0) this.wakes.wake(report.webhookIds);
      flush.forEach(({ resolve }, index) => resolve(report.acceptances[index]!));
    } catch (error) {
      await this.#settleFailure(flush, error);
    }
  }

  async #settleFailure(flush: readonly Waiting[], error: unknown): Promise<void> {
    if (isDatabaseUnavailable(error)) {
      // Those behind would only wait for the same answer.
      for (const { reject } of [...flush, ...this.#leave(this.#waiting.length)]) reject(error);
    } else if (flush.length === 1) {
      flush[0]!.reject(error);
    } else {
      // One event that cannot be stored must not keep the others out: halve until it is alone.
      const half = Math.ceil(flush.length / 2);
      await this.#settle(flush.slice(0, half));
      await this.#settle(flush.slice(half));
    }
  }
}

/** @returns 503: Postgres does not keep up, and memory is not where events wait for it */
export function tooManyWaiting(): ApiError {
  return new ApiError('service_unavailable', 'Too many events are waiting to be stored.', {
    headers: { 'Retry-After': '1' },
  });
}
