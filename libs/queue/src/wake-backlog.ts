import { setTimeout as sleep } from 'node:timers/promises';

/** While the backlog is full, the queue is looked at no more often than this. Milliseconds. */
const LOOK_AGAIN_MS = 500;
/** A queue that does not answer in time is assumed to be short: the next job shows its real length. */
const ANSWER_WITHIN_MS = 1000;

interface WakeBacklogOptions {
  /** From this many waiting jobs on, no more are added. */
  most: number;
  /** Counts the jobs that wait in the queue. */
  count: () => Promise<number>;
  /** A clock that nobody sets, in milliseconds. */
  now?: () => number;
}

/**
 * Keeps jobs from piling up in the queue while nobody takes them. It estimates the length from the last count and
 * from the jobs that this process has added since, and counts again after each half of `most` jobs, so that a job
 * needs no count of its own. Each process estimates for itself, so several together may add a few times `most`.
 */
export class WakeBacklog {
  /** Nothing is known at first: the first job counts. */
  private counted: number;
  private toldSince = 0;
  private counting: Promise<void> | undefined;
  private countedAt = -Infinity;
  private readonly now: () => number;

  constructor(private readonly options: WakeBacklogOptions) {
    this.counted = options.most;
    this.now = options.now ?? (() => performance.now());
  }

  /** Whether one more job may be added. Asks the queue only if this process believes that it is full. */
  async hasRoom(): Promise<boolean> {
    if (this.isFull && this.now() - this.countedAt >= LOOK_AGAIN_MS) await this.look();
    return !this.isFull;
  }

  told(jobs: number): void {
    this.toldSince += jobs;
    if (this.toldSince >= this.options.most / 2) void this.look();
  }

  private get isFull(): boolean {
    return this.counted + this.toldSince >= this.options.most;
  }

  private look(): Promise<void> {
    this.counting ??= this.count();
    return this.counting;
  }

  private async count(): Promise<void> {
    const before = this.toldSince;
    const late = sleep(ANSWER_WITHIN_MS, 0, { ref: false });
    const waiting = await Promise.race([this.options.count(), late]).catch(() => 0);
    this.counted = waiting;
    this.toldSince -= before;
    this.countedAt = this.now();
    this.counting = undefined;
  }
}
