import type { Logger } from '@schoolbell/logging';
import type { IndexUpkeep } from '@schoolbell/persistence';
import type { Chore } from '../../routines/routine.js';

const INTERVAL_MS = 300_000;
/** The next round's delay if others were in the way. */
const SOON_MS = 60_000;

/** Checks the indexes of the queue every five minutes, and has those rebuilt that have grown. */
export class IndexKeeper implements Chore {
  constructor(
    private readonly upkeep: Pick<IndexUpkeep, 'round'>,
    private readonly logger: Logger,
  ) {}

  async round(stopping: AbortSignal): Promise<number> {
    try {
      const { rebuilt, dropped, putOff } = await this.upkeep.round();
      for (const index of rebuilt) this.logger.info(index, 'upkeep.index_rebuilt');
      for (const name of dropped) this.logger.info({ name }, 'upkeep.leftover_dropped');
      if (putOff === undefined) return INTERVAL_MS;
      this.logger.info({ reason: putOff }, 'upkeep.put_off');
      return SOON_MS;
    } catch (error) {
      if (!stopping.aborted) this.logger.warn({ err: error }, 'upkeep.failed');
      return INTERVAL_MS;
    }
  }
}
