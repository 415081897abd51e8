import { Logger } from '@nestjs/common';
import type { Wakes } from '@schoolbell/delivery';
import type { Queue } from 'bullmq';
import { OccasionalLog } from './occasional-log.js';
import { reasonOf } from './queue-classes.js';
import { WakeLater } from './wake-later.js';
import { WakeNow } from './wake-now.js';

export interface BullWakesOptions {
  /** Shortest time between two jobs of immediate wakes, in ms. */
  spacingMs: number;
  now?: () => number;
}

/** Gathering time of delayed wakes; the earliest retry is a second away. */
const LATER_SPACING_MS = 50;

/** {@link Wakes} on BullMQ. What cannot be told is dropped with an occasional warning: the sweep finds it. */
export class BullWakes implements Wakes {
  private readonly log = new OccasionalLog(new Logger('Queue'));
  private readonly now: WakeNow;
  private readonly later: WakeLater;

  constructor(queue: Queue, options: BullWakesOptions) {
    const onDropped = (error: unknown) =>
      this.log.warn(
        `Could not wake the dispatchers; their sweep will find the work: ${reasonOf(error)}`,
      );
    this.now = new WakeNow(queue, { spacingMs: options.spacingMs, onDropped });
    this.later = new WakeLater(queue, {
      spacingMs: LATER_SPACING_MS,
      onDropped,
      now: options.now ?? Date.now,
    });
  }

  wake(webhookIds: readonly string[]): void {
    this.now.add(webhookIds);
  }

  wakeLater(wakes: readonly { webhookId: string; delaySeconds: number }[]): void {
    this.later.add(wakes);
  }
}
