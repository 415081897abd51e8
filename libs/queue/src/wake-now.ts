import { setTimeout as sleep } from 'node:timers/promises';
import type { WakeSignals } from '@schoolbell/delivery';
import type { Queue } from 'bullmq';
import type { WakeBacklog } from './wake-backlog.js';
import { LEAVE_NO_TRACE, type WakeJob } from './wake-job.js';
import type { WakeResults } from './wake-results.js';

/** Above this many waiting ids the rest is dropped: the sweep finds those webhooks too. */
const MOST_PENDING = 10_000;
const MOST_PER_JOB = 1000;
/** The shortest time between two signals. Milliseconds. */
const SIGNAL_SPACING_MS = 3;
/** While too many jobs wait, new wakes are kept, and offered again this often. Milliseconds. */
const OFFER_AGAIN_MS = 250;
/** How often a stopping process checks whether all wakes are sent. Milliseconds. */
const LOOK_AGAIN_MS = 5;

interface WakeNowOptions {
  /**
   * The shortest time between two jobs, in milliseconds. The first wake of a burst goes at once; those that follow
   * gather. On Postgres a job costs about twenty times what it costs on Redis.
   */
  spacingMs: number;
  /** Tried before a job is made. */
  signals?: WakeSignals | undefined;
  backlog: WakeBacklog;
  /** Called each time that wakes are kept because too many wait. */
  onFull: () => void;
  onDropped: (reason: unknown) => void;
  results: WakeResults;
}

/**
 * Gathers webhooks to wake into a few signals, or into jobs if no dispatcher hears a signal: one in flight at a time,
 * with a gap between two. While too many jobs wait in the queue, no dispatcher is taking them: no more are added
 * until one does.
 */
export class WakeNow {
  private readonly pending = new Set<string>();
  private busy = false;

  constructor(
    private readonly queue: Queue,
    private readonly options: WakeNowOptions,
  ) {}

  add(webhookIds: readonly string[]): void {
    for (const id of webhookIds) {
      if (this.pending.size < MOST_PENDING) this.pending.add(id);
      else this.options.results.note('dropped', 1);
    }
    if (!this.busy && this.pending.size > 0) {
      this.busy = true;
      setImmediate(() => void this.flush());
    }
  }

  /** Resolves once everything that was added is in the queue. */
  async told(): Promise<void> {
    while (this.busy) await sleep(LOOK_AGAIN_MS);
  }

  private async flush(): Promise<void> {
    const { backlog, spacingMs, onFull, results } = this.options;
    const webhookIds = this.take();
    if (await this.signalled(webhookIds)) {
      results.note('signalled', webhookIds.length);
      setTimeout(() => this.flushMoreOrRest(), SIGNAL_SPACING_MS);
    } else if (await backlog.hasRoom()) {
      await this.tell(webhookIds);
      setTimeout(() => this.flushMoreOrRest(), spacingMs);
    } else {
      for (const id of webhookIds) this.pending.add(id);
      onFull();
      setTimeout(() => void this.flush(), OFFER_AGAIN_MS).unref();
    }
  }

  /** Dispatchers that listen are told without a job. */
  private async signalled(webhookIds: readonly string[]): Promise<boolean> {
    return (await this.options.signals?.signal(webhookIds).catch(() => false)) ?? false;
  }

  private async tell(webhookIds: string[]): Promise<void> {
    const { backlog, results, onDropped } = this.options;
    try {
      await this.queue.add('wake', { webhookIds } satisfies WakeJob, LEAVE_NO_TRACE);
      backlog.told(1);
      results.note('queued', webhookIds.length);
    } catch (error) {
      results.note('dropped', webhookIds.length);
      onDropped(error);
    }
  }

  private flushMoreOrRest(): void {
    if (this.pending.size > 0) void this.flush();
    else this.busy = false;
  }

  private take(): string[] {
    const taken: string[] = [];
    for (const id of this.pending) {
      if (taken.length === MOST_PER_JOB) break;
      taken.push(id);
    }
    for (const id of taken) this.pending.delete(id);
    return taken;
  }
}
