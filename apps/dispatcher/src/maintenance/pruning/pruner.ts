import type { Logger } from '@schoolbell/logging';
import type { History, PruneReport } from '@schoolbell/persistence';

const HOUR_MS = 3_600_000;
/** When the tables could not be had, or another dispatcher is at it. */
const SOON_MS = 60_000;

/**
 * Once at the start and every hour: makes the partitions of the time to come and removes what is older than
 * the retention. Dispatchers that do so at the same moment take turns.
 */
export class Pruner {
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly history: Pick<History, 'makeAhead' | 'prune'>,
    private readonly logger: Logger,
  ) {}

  start(): void {
    if (this.stopped) return;
    void this.pruneAndPlanNext();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private async pruneAndPlanNext(): Promise<void> {
    const done = await this.round();
    if (this.stopped) return;
    this.timer = setTimeout(() => void this.pruneAndPlanNext(), done ? HOUR_MS : SOON_MS);
  }

  /** @returns false when there is more to do soon */
  private async round(): Promise<boolean> {
    try {
      const made = await this.history.makeAhead();
      if (made !== 'busy' && made.length > 0) {
        this.logger.info({ from: made[0]!.from, to: made.at(-1)!.to }, 'history.partitions_made');
      }
      const report = await this.history.prune();
      if (didSomething(report)) this.logger.info(report, 'history.pruned');
      return made !== 'busy' && !report.unfinished;
    } catch (error) {
      // The next round does what this one did not; a shutdown cuts it off as well.
      if (!this.stopped) this.logger.warn({ err: error }, 'history.pruning_failed');
      return false;
    }
  }
}

function didSomething({ dropped, deleted, idempotencyKeys }: PruneReport): boolean {
  const rows = Object.values(deleted).reduce((sum, count) => sum + count, idempotencyKeys);
  return dropped.length > 0 || rows > 0;
}
