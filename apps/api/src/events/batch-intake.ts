import type { EventIntake, IncomingEvent, IntakeReport } from '@schoolbell/delivery';
import { ApiError } from '../http/api-error.js';
import type { FanOutWidths } from '../intake/fan-out-widths.js';
import { tooManyHeavyWaiting, tooManyWaiting, type LaneName } from '../intake/intake-buffer.js';
import { BATCH_LIMITS } from '../intake/intake-limits.js';
import { noteWidth } from './event-intake-buffer.js';

/** Batches on their way into Postgres; the next one is refused. Each may have 4 MiB. */
const MOST_BATCHES = 8;
/** Those of them that make very many deliveries: they share one connection, for seconds each. */
const MOST_HEAVY_BATCHES = 1;

/**
 * Stores batches, all events or none: in one statement, or in several of one transaction if it makes very many
 * deliveries.
 */
export class BatchIntake {
  private batches = 0;
  private heavyBatches = 0;

  constructor(
    private readonly intakes: Record<LaneName, EventIntake>,
    private readonly widths: FanOutWidths,
    private readonly limits = BATCH_LIMITS,
  ) {}

  /**
   * @throws ApiError `service_unavailable` when too many wait already, `validation_failed` when it makes too many
   * deliveries
   */
  async accept(events: readonly IncomingEvent[]): Promise<IntakeReport> {
    if (this.batches >= MOST_BATCHES) throw tooManyWaiting('events');
    this.batches += 1;
    try {
      const report = (await this.acceptLight(events)) ?? (await this.acceptHeavy(events));
      this.note(events, report);
      return report;
    } finally {
      this.batches -= 1;
    }
  }

  private async acceptLight(events: readonly IncomingEvent[]): Promise<IntakeReport | undefined> {
    let expected = 0;
    for (const event of events) expected += this.widths.known(event) ?? 0;
    if (expected > this.limits.light) return undefined;
    return this.intakes.light.acceptAllOrNone(events, this.limits.light);
  }

  private async acceptHeavy(events: readonly IncomingEvent[]): Promise<IntakeReport> {
    if (this.heavyBatches >= MOST_HEAVY_BATCHES) throw tooManyHeavyWaiting('events');
    this.heavyBatches += 1;
    try {
      const report = await this.intakes.heavy.acceptAllOrNoneInParts(events, this.limits.heavy);
      if (!report) throw tooManyDeliveries(this.limits.heavy.most);
      return report;
    } finally {
      this.heavyBatches -= 1;
    }
  }

  private note(events: readonly IncomingEvent[], { acceptances }: IntakeReport): void {
    for (const [index, event] of events.entries())
      noteWidth(this.widths, event, acceptances[index]!);
  }
}

function tooManyDeliveries(most: number): ApiError {
  const message = `make more than ${most.toLocaleString('en')} deliveries together: post fewer at once`;
  return new ApiError('validation_failed', `events: ${message}`, {
    errors: [{ path: 'events', message }],
  });
}
