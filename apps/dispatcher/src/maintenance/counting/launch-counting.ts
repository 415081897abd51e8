import { toTypeId } from '@schoolbell/ids';
import type { Logger } from '@schoolbell/logging';
import type { LaunchCounter, LaunchStep } from '@schoolbell/persistence';
import type { Doorbell } from '../../routines/doorbell.js';
import type { Outage } from '../../outages/outage.js';
import type { Chore } from '../../routines/routine.js';

interface LaunchCountingOptions {
  /** The longest time before a launch is counted and a tenant is told about a threshold. Milliseconds. */
  intervalMs: number;
}

/** Counts launches, and has tenants told about the thresholds that they reach; dispatchers take turns. */
export class LaunchCounting implements Chore {
  constructor(
    private readonly counter: Pick<LaunchCounter, 'next'>,
    private readonly operationalEvents: Pick<Doorbell, 'ring'>,
    private readonly outage: Outage,
    private readonly logger: Logger,
    private readonly options: LaunchCountingOptions,
  ) {}

  async round(stopping: AbortSignal): Promise<number> {
    const startedAt = performance.now();
    try {
      const { reached, more } = await this.counter.next();
      this.outage.worked();
      this.tell(reached);
      // A pause as long as the work: Postgres has deliveries to claim and to record meanwhile.
      return more ? performance.now() - startedAt : this.options.intervalMs;
    } catch (error) {
      return stopping.aborted ? this.options.intervalMs : this.outage.failed(error);
    }
  }

  private tell(reached: LaunchStep['reached']): void {
    if (reached.length > 0) this.operationalEvents.ring();
    for (const { tenantId, period, percent } of reached) {
      const line = { tenantId: toTypeId('tenant', tenantId), period, percent };
      this.logger.info(line, 'usage.threshold_reached');
    }
  }
}
