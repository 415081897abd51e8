import type { EventIntake } from '@schoolbell/delivery';
import { isServerOutage } from '@schoolbell/persistence';

/** For so long one refusal counts while no event is tried: then somebody has to find out anew. */
const COUNTS_FOR_MS = 5_000;

/**
 * Whether Postgres has just refused to store events, for a reason that concerns them all. A full disk shows only
 * in statements that need more of it, which a small probe does not.
 */
export class IntakeHealth {
  private refusedAt: number | undefined;

  constructor(private readonly now: () => number = () => performance.now()) {}

  get refusing(): boolean {
    return this.refusedAt !== undefined && this.now() - this.refusedAt < COUNTS_FOR_MS;
  }

  /** @returns the same intake, whose outcomes are noted here */
  watch(intake: EventIntake): EventIntake {
    return {
      accept: (events, bounds) => this.note(intake.accept(events, bounds)),
      acceptAllOrNone: (events, most) => this.note(intake.acceptAllOrNone(events, most)),
      acceptAllOrNoneInParts: (events, size) =>
        this.note(intake.acceptAllOrNoneInParts(events, size)),
    };
  }

  private async note<T>(accepting: Promise<T>): Promise<T> {
    try {
      const report = await accepting;
      this.refusedAt = undefined;
      return report;
    } catch (error) {
      if (isServerOutage(error)) this.refusedAt = this.now();
      throw error;
    }
  }
}
