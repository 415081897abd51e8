import { Logger } from '@nestjs/common';
import type { Wakes, WakeSignals } from '@schoolbell/delivery';
import { OccasionalLog } from '@schoolbell/logging';
import type { Queue } from 'bullmq';
import { reasonOf } from './reason-of.js';
import { WakeBacklog } from './wake-backlog.js';
import { WakeLater } from './wake-later.js';
import { WakeNow } from './wake-now.js';
import { WakeResults } from './wake-results.js';

interface BullWakesOptions {
  /** Shortest time between two jobs of immediate wakes, in ms. */
  spacingMs: number;
  /** Tried before a job is made. */
  signals?: WakeSignals | undefined;
  now?: () => number;
}

/** Gathering time of delayed wakes; the earliest retry is a second away. */
const LATER_SPACING_MS = 50;
/** Limit for wakes that are due. Dispatchers leave hardly any waiting, so this many wait only if none is running. */
const MOST_WAITING = 500;
/** Limit for wakes for later: one webhook has up to 40 of them for each step of its retry schedule. */
const MOST_PLANNED = 5000;

const MANY_WAITING = `${MOST_WAITING} wakes wait in the queue: is no dispatcher running? No more are told until they are taken.`;
const MANY_PLANNED = `${MOST_PLANNED} wakes for later are in the queue; the sweep will find further retries.`;

/**
 * {@link Wakes} on BullMQ. Wakes that cannot be sent are dropped with an occasional warning: the sweep finds their
 * webhooks.
 */
export class BullWakes implements Wakes {
  readonly results = new WakeResults();
  private readonly now: WakeNow;
  private readonly later: WakeLater;

  constructor(queue: Queue, { spacingMs, signals, now = Date.now }: BullWakesOptions) {
    const trouble = occasionalWarning();
    const onDropped = (error: unknown) =>
      trouble(`Could not wake the dispatchers; their sweep will find the work: ${reasonOf(error)}`);
    this.now = new WakeNow(queue, {
      spacingMs,
      signals,
      backlog: new WakeBacklog({ most: MOST_WAITING, count: () => waitingIn(queue) }),
      onFull: occasionalWarning(MANY_WAITING),
      onDropped,
      results: this.results,
    });
    this.later = new WakeLater(queue, {
      spacingMs: LATER_SPACING_MS,
      backlog: new WakeBacklog({ most: MOST_PLANNED, count: () => queue.getDelayedCount() }),
      onFull: occasionalWarning(MANY_PLANNED),
      onDropped,
      results: this.results,
      now,
    });
  }

  wake(webhookIds: readonly string[]): void {
    this.now.add(webhookIds);
  }

  wakeLater(wakes: readonly { webhookId: string; delaySeconds: number }[]): void {
    this.later.add(wakes);
  }

  /** Resolves once every wake is in the queue, or was dropped. */
  async told(): Promise<void> {
    await Promise.all([this.now.told(), this.later.told()]);
  }
}

/** Counts the one priority that wakes have: the length of a list in Redis, only the waiting jobs in Postgres. */
async function waitingIn(queue: Queue): Promise<number> {
  const { 0: waiting = 0 } = await queue.getCountsPerPriority([0]);
  return waiting;
}

function occasionalWarning(text = ''): (message?: string) => void {
  const log = new OccasionalLog(new Logger('Queue'));
  return (message = text) => log.warn(message);
}
