import type { Acceptance, IncomingEvent } from '@schoolbell/delivery';
import { RoundRobin } from '../fairness/round-robin.js';
import type { FanOutWidths } from './fan-out-widths.js';
import type { LaneLimits } from './intake-limits.js';

/** An event whose poster waits for the answer. */
export interface WaitingEvent {
  event: IncomingEvent;
  resolve: (acceptance: Acceptance) => void;
  reject: (error: unknown) => void;
}

/** What a tenant has of a turn, in deliveries and events: as much as some events of a few webhooks. */
const TURN = 100;

/**
 * Makes one flush of the events that arrive while another is under way: committing a hundred together costs
 * little more than committing one. One flush is in flight at a time. When the last flush had a single event there
 * is no crowd to wait for and the next goes at once; else it lingers a little. When more wait than a flush may
 * have, tenants take turns.
 */
export class IntakeLane {
  readonly #waiting: RoundRobin<WaitingEvent>;
  #count = 0;
  #bytes = 0;
  #flushing = false;
  #scheduled = false;
  #crowded = false;

  /** @param settle answers those who wait for the events of a flush, or puts them back; never rejects */
  constructor(
    private readonly limits: LaneLimits,
    private readonly widths: FanOutWidths,
    private readonly settle: (flush: readonly WaitingEvent[]) => Promise<void>,
  ) {
    this.#waiting = new RoundRobin({
      costOf: ({ event }) => 1 + this.widths.expected(event),
      turn: TURN,
    });
  }

  get bounds(): LaneLimits['bounds'] {
    return this.limits.bounds;
  }

  /** Whether there is no room for this event. */
  isFullFor(event: IncomingEvent): boolean {
    const { waitingEvents, waitingBytes, waitingEventsOfTenant } = this.limits;
    if (this.#count >= waitingEvents || this.#bytes >= waitingBytes) return true;
    const ofTenant = this.#waiting.countOf(event.tenantId);
    if (ofTenant >= waitingEventsOfTenant) return true;
    if (ofTenant === 0) return false;
    return ofTenant * this.widths.expected(event) >= this.limits.waitingDeliveriesOfTenant;
  }

  add(waiting: WaitingEvent): void {
    this.#waiting.add(waiting.event.tenantId, waiting);
    this.#enter(waiting);
    this.#schedule();
  }

  /** They were first, and are so again, in the same order. */
  putBack(flush: readonly WaitingEvent[]): void {
    for (const waiting of flush.toReversed()) {
      this.#waiting.putBack(waiting.event.tenantId, waiting);
      this.#enter(waiting);
    }
    this.#schedule();
  }

  /** Everybody who waits here; they wait no longer. */
  drain(): WaitingEvent[] {
    this.#count = 0;
    this.#bytes = 0;
    return this.#waiting.drain();
  }

  #enter({ event }: WaitingEvent): void {
    this.#count += 1;
    this.#bytes += event.payload.length;
  }

  #schedule(): void {
    if (this.#flushing || this.#count === 0) return;
    if (this.#count >= this.limits.flushEvents) return void this.#flush();
    if (this.#scheduled) return;
    this.#scheduled = true;
    // Even without a crowd, what was read from the sockets in the same turn goes together.
    if (this.#crowded) setTimeout(() => this.#flush(), this.limits.lingerMs);
    else setImmediate(() => this.#flush());
  }

  async #flush(): Promise<void> {
    this.#scheduled = false;
    if (this.#flushing || this.#count === 0) return;
    this.#flushing = true;
    const flush = this.#take();
    this.#crowded = flush.length > 1;
    await this.settle(flush);
    this.#flushing = false;
    this.#schedule();
  }

  /** As many as one statement may have, at least one. */
  #take(): WaitingEvent[] {
    const { flushEvents, flushBytes, bounds } = this.limits;
    const flush: WaitingEvent[] = [];
    let bytes = 0;
    let deliveries = 0;
    while (flush.length < flushEvents) {
      const next = this.#waiting.peek();
      if (!next) break;
      bytes += next.event.payload.length;
      deliveries += this.widths.expected(next.event);
      if (flush.length > 0 && (bytes > flushBytes || deliveries > bounds.ofAll)) break;
      flush.push(this.#waiting.next()!);
      this.#leave(next);
    }
    return flush;
  }

  #leave({ event }: WaitingEvent): void {
    this.#count -= 1;
    this.#bytes -= event.payload.length;
  }
}
