import type { EventIntake, ScormIntake } from '@schoolbell/delivery';
import { isServerOutage } from '@schoolbell/persistence';

/** How long one refusal counts while no event is tried; after that, the next event finds out anew. */
const COUNTS_FOR_MS = 5_000;

/**
 * Whether Postgres has just refused to store events or commits for a reason that concerns all of them. A full disk
 * shows only in statements that need more of it, which a small probe does not.
 */
export class IntakeHealth {
  private refusedAt: number | undefined;

  constructor(private readonly now: () => number = () => performance.now()) {}

  get refusing(): boolean {
    return this.refusedAt !== undefined && this.now() - this.refusedAt < COUNTS_FOR_MS;
  }

  /** @returns the same intake, whose results are noted here */
  watch(intake: EventIntake): EventIntake {
    return {
      accept: (events, bounds) => this.note(intake.accept(events, bounds)),
      acceptAllOrNone: (events, most) => this.note(intake.acceptAllOrNone(events, most)),
      acceptAllOrNoneInParts: (events, size) =>
        this.note(intake.acceptAllOrNoneInParts(events, size)),
    };
  }

  /** @returns the same intake of launches and commits, whose results are noted here */
  watchScorm(intake: ScormIntake): ScormIntake {
    return {
      open: (launch, bounds) => this.note(intake.open(launch, bounds)),
      take: (commits, bounds) => this.note(intake.take(commits, bounds)),
      originOf: (tokenHash) => intake.originOf(tokenHash),
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
