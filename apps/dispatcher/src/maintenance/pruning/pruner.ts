import type { Logger } from '@schoolbell/logging';
import type { History, PruneReport } from '@schoolbell/persistence';
import type { Chore } from '../../routines/routine.js';

const HOUR_MS = 3_600_000;
/**
 * The next round's delay if a step failed, the tables could not be locked, another dispatcher is pruning, or there is
 * more.
 */
const SOON_MS = 60_000;

/**
 * At the start and every hour, creates the partitions that will be needed and removes what is older than the retention.
 * Dispatchers that do so at the same moment take turns.
 */
export class Pruner implements Chore {
  constructor(
    private readonly history: Pick<History, 'makeAhead' | 'prune'>,
    private readonly logger: Logger,
  ) {}

  async round(stopping: AbortSignal): Promise<number> {
    try {
      const made = await this.makeAhead(stopping);
      const { failed, ...report } = await this.history.prune();
      if (didSomething(report)) this.logger.info(report, 'history.pruned');
      for (const { step, error } of failed) this.failed(stopping, step, error);
      return made && !report.unfinished ? HOUR_MS : SOON_MS;
    } catch (error) {
      this.failed(stopping, 'looking', error);
      return SOON_MS;
    }
  }

  /** @returns whether they exist; old data is removed even if they do not */
  private async makeAhead(stopping: AbortSignal): Promise<boolean> {
    try {
      const made = await this.history.makeAhead();
      if (made === 'busy') return false;
      if (made.length > 0) {
        this.logger.info({ from: made[0]!.from, to: made.at(-1)!.to }, 'history.partitions_made');
      }
      return true;
    } catch (error) {
      this.failed(stopping, 'making partitions', error);
      return false;
    }
  }

  /** The next round does what this one did not; a shutdown also cuts a round short. */
  private failed(stopping: AbortSignal, step: string, error: unknown): void {
    if (!stopping.aborted) this.logger.warn({ err: error, step }, 'history.pruning_failed');
  }
}

function didSomething(report: Omit<PruneReport, 'failed'>): boolean {
  const { dropped, deleted, moved: _moved, unfinished: _unfinished, ...counts } = report;
  const rows = [...Object.values(deleted), ...Object.values(counts)];
  return dropped.length > 0 || rows.some((count) => count > 0);
}
