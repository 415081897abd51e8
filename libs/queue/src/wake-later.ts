import type { Queue } from 'bullmq';
import { LEAVE_NO_TRACE, type WakeJob } from './wake-job.js';
import { wakeSlot } from './wake-slot.js';

/** Above this many the rest is dropped: the sweep finds those webhooks too. */
const MOST_PENDING = 10_000;
const MOST_KNOWN = 50_000;
const MOST_PER_CALL = 100;

export interface WakeLaterOptions {
  /** Gathering time, in ms. */
  spacingMs: number;
  onDropped: (reason: unknown) => void;
  now: () => number;
}

interface PlannedWake {
  jobId: string;
  webhookId: string;
  /** Unix ms. */
  at: number;
}

/**
 * Plans one delayed job per webhook and slot. The job's id names both, so that the queue itself refuses a
 * second one, from whichever dispatcher; the ones that this process planned it does not even offer again.
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
      if (this.known.has(jobId) || this.pending.size >= MOST_PENDING) continue;
      this.remember(jobId, at, now);
      this.pending.set(jobId, { jobId, webhookId, at });
    }
    if (!this.busy && this.pending.size > 0) this.flushSoon();
  }

  private flushSoon(): void {
    this.busy = true;
    setTimeout(() => void this.flush(), this.options.spacingMs);
  }

  private async flush(): Promise<void> {
    const wakes = [...this.pending.values()].slice(0, MOST_PER_CALL);
    for (const wake of wakes) this.pending.delete(wake.jobId);
    try {
      const now = this.options.now();
      await this.queue.addBulk(wakes.map((wake) => delayedJob(wake, now)));
    } catch (error) {
      for (const wake of wakes) this.known.delete(wake.jobId);
      this.options.onDropped(error);
    }
    this.busy = false;
    if (this.pending.size > 0) this.flushSoon();
  }

  private remember(jobId: string, at: number, now: number): void {
    if (this.known.size >= MOST_KNOWN) this.forgetPast(now);
    this.known.set(jobId, at);
  }

  private forgetPast(now: number): void {
    for (const [jobId, at] of this.known) if (at <= now) this.known.delete(jobId);
    // All of them in the future: offering some again costs a call each, remembering them costs memory.
    if (this.known.size >= MOST_KNOWN) this.known.clear();
  }
}

function delayedJob(wake: PlannedWake, now: number) {
  const data: WakeJob = { webhookIds: [wake.webhookId] };
  const delay = Math.max(0, wake.at - now);
  return { name: 'wake', data, opts: { ...LEAVE_NO_TRACE, jobId: wake.jobId, delay } };
}
