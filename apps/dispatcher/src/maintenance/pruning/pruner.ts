import type { Logger } from '@schoolbell/logging';
import type { History, PruneReport } from '@schoolbell/persistence';
import type { Chore } from '../routine.js';

const HOUR_MS = 3_600_000;
/** When the tables could not be had, or another dispatcher is at it. */
const SOON_MS = 60_000;

/**
 * Once at the start and every hour: makes the partitions of the time to come and removes what is older than
 * the retention. Dispatchers that do so at the same moment take turns.
 */
export class Pruner implements Chore {
  constructor(
    private readonly history: Pick<History, 'makeAhead' | 'prune'>,
    private readonly logger: Logger,
  ) {}

  async round(stopping: AbortSignal): Promise<number> {
    try {
      const made = await this.history.makeAhead();
      if (made !== 'busy' && made.length > 0) {
        this.logger.info({ from: made[0]!.from, to: made.at(-1)!.to }, 'history.partitions_made');
      }
      const report = await this.history.prune();
      if (didSomething(report)) this.logger.info(report, 'history.pruned');
      return made === 'busy' || report.unfinished ? SOON_MS : HOUR_MS;
    } catch (error) {
      // The next round does what this one did not; a shutdown cuts it off as well.
      if (!stopping.aborted) this.logger.warn({ err: error }, 'history.pruning_failed');
      return SOON_MS;
    }
  }
}

function didSomething({ dropped, deleted, idempotencyKeys, mails }: PruneReport): boolean {
  const rows = Object.values(deleted).reduce((sum, count) => sum + count, idempotencyKeys + mails);
  return dropped.length > 0 || rows > 0;
}
