import { setTimeout as sleep } from 'node:timers/promises';
import type { Queue } from 'bullmq';
import type { WakeBacklog } from './wake-backlog.js';
import { LEAVE_NO_TRACE, type WakeJob } from './wake-job.js';
import type { WakeResults } from './wake-results.js';
import { wakeSlot } from './wake-slot.js';

/** Above this many the rest is dropped: the sweep finds those webhooks too. */
const MOST_PENDING = 10_000;
const MOST_KNOWN = 50_000;
const MOST_PER_CALL = 100;

interface WakeLaterOptions {
  /** Gathering time, in ms. */
  spacingMs: number;
  backlog: WakeBacklog;
  /** Called each time that wakes are dropped because too many are planned. */
  onFull: () => void;
  onDropped: (reason: unknown) => void;
  results: WakeResults;
  now: () => number;
}

interface PlannedWake {
  jobId: string;
  webhookId: string;
  /** Unix ms. */
  at: number;
}

/**
 * Plans one delayed job per webhook and slot, up to a limit: what it leaves out, the sweep finds. The job's id names
 * both, so that the queue itself refuses a second one, from whichever dispatcher; this process does not even offer
 * again the jobs that it has planned.
 */
export class WakeLater {
  private readonly pending = new Map<string, PlannedWake>();
  private readonly known = new Map<string, number>();
  private busy = false;

  constructor(
    private readonly queue: Queue,
    private readonly options: WakeLaterOptions,
  ) {}

  add(wakes: readonly { webhookId: string; delaySeconds: number }[]): void {
    const now = this.options.now();
    for (const { webhookId, delaySeconds } of wakes) {
      const at = wakeSlot(now, delaySeconds);
      const jobId = `${webhookId}@${at}`;
      if (this.known.has(jobId)) continue;
      if (this.pending.size >= MOST_PENDING) {
        this.options.results.note('dropped', 1);
        continue;
      }
      this.remember(jobId, at, now);
      this.pending.set(jobId, { jobId, webhookId, at });
    }
    if (!this.busy && this.pending.size > 0) this.flushSoon();
  }

  /** Resolves once everything that was added is in the queue, or was dropped. */
  async told(): Promise<void> {
    while (this.busy) await sleep(this.options.spacingMs);
  }

  private flushSoon(): void {
    this.busy = true;
    setTimeout(() => void this.flush(), this.options.spacingMs);
  }

  private async flush(): Promise<void> {
    if (await this.options.backlog.hasRoom()) await this.plan(this.take(MOST_PER_CALL));
    else this.dropAll();
    this.busy = false;
    if (this.pending.size > 0) this.flushSoon();
  }

  private async plan(wakes: readonly PlannedWake[]): Promise<void> {
    const { backlog, results, onDropped } = this.options;
    const now = this.options.now();
    try {
      await this.queue.addBulk(wakes.map((wake) => delayedJob(wake, now)));
      backlog.told(wakes.length);
      results.note('planned', wakes.length);
    } catch (error) {
      for (const wake of wakes) this.known.delete(wake.jobId);
      results.note('dropped', wakes.length);
      onDropped(error);
    }
  }

  private dropAll(): void {
    const dropped = this.take(this.pending.size);
    for (const wake of dropped) this.known.delete(wake.jobId);
    this.options.results.note('dropped', dropped.length);
    this.options.onFull();
  }

  private take(most: number): PlannedWake[] {
    const wakes = [...this.pending.values()].slice(0, most);
    for (const wake of wakes) this.pending.delete(wake.jobId);
    return wakes;
  }

  private remember(jobId: string, at: number, now: number): void {
    if (this.known.size >= MOST_KNOWN) this.forgetPast(now);
    this.known.set(jobId, at);
  }

  private forgetPast(now: number): void {
    for (const [jobId, at] of this.known) if (at <= now) this.known.delete(jobId);
    // All of these are in the future: offering one again costs a call, remembering them all costs memory.
    if (this.known.size >= MOST_KNOWN) this.known.clear();
  }
}

function delayedJob(wake: PlannedWake, now: number) {
  const data: WakeJob = { webhookIds: [wake.webhookId] };
  const delay = Math.max(0, wake.at - now);
  return { name: 'wake', data, opts: { ...LEAVE_NO_TRACE, jobId: wake.jobId, delay } };
}
