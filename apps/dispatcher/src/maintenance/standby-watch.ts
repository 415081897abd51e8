import type { Logger } from '@schoolbell/logging';
import type { Outage } from '../outages/outage.js';
import type { Chore } from '../routines/routine.js';

const EVERY_MS = 60_000;

/** Looks every minute whether commits wait for a standby where one is attached, and says so when that changes. */
export class StandbyWatch implements Chore {
  private isAsync = false;

  constructor(
    private readonly hasAsyncStandbyOnly: () => Promise<boolean>,
    private readonly outage: Outage,
    private readonly logger: Logger,
  ) {}

  async round(stopping: AbortSignal): Promise<number> {
    try {
      const isAsync = await this.hasAsyncStandbyOnly();
      this.outage.worked();
      if (isAsync !== this.isAsync) this.tell(isAsync);
      this.isAsync = isAsync;
      return EVERY_MS;
    } catch (error) {
      return stopping.aborted ? EVERY_MS : this.outage.failed(error);
    }
  }

  private tell(isAsync: boolean): void {
    if (!isAsync) return this.logger.info('database.standby_safe');
    const advice =
      'If the standby is promoted, the events that were accepted last are lost. ' +
      'Set synchronous_standby_names; docs/operating/postgres.md says how.';
    this.logger.warn({ advice }, 'database.standby_asynchronous');
  }
}
