import type {
  Acceptance,
  CommitOutcome,
  Deferred,
  EventIntake,
  IntakeReport,
  LaunchOutcome,
  ScormIntake,
} from '@schoolbell/delivery';
import { Distribution, ROWS, STATEMENT_SECONDS, Tally } from '@schoolbell/metrics';

/** Events one by one, events in batches, what goes to very many webhooks, commits, and launches. */
const LANES = ['light', 'batches', 'heavy', 'commits', 'launches'] as const;
export type MeasuredLane = (typeof LANES)[number];

const REFUSALS = [['idempotency_conflict'], ['unknown_tenant'], ['unknown_launch']];

/** How the statements of one lane go. */
class LaneCounts {
  readonly seconds: Distribution;
  readonly rows: Distribution;

  constructor(lane: MeasuredLane) {
    this.seconds = new Distribution(STATEMENT_SECONDS, { lane });
    this.rows = new Distribution(ROWS, { lane });
  }
}

/** What is taken in, over all tenants: counted once for each statement, however many events are in it. */
export class IntakeCounts {
  readonly accepted = new Tally(
    ['lane'],
    LANES.map((lane) => [lane]),
  );
  readonly duplicates = new Tally(
    ['lane'],
    LANES.map((lane) => [lane]),
  );
  readonly deliveries = new Tally();
  readonly refused = new Tally(['reason'], REFUSALS);
  readonly failures = new Tally(
    ['lane'],
    LANES.map((lane) => [lane]),
  );
  private readonly lanes = new Map(LANES.map((lane) => [lane, new LaneCounts(lane)]));

  get seconds(): Distribution[] {
    return [...this.lanes.values()].map(({ seconds }) => seconds);
  }

  get rows(): Distribution[] {
    return [...this.lanes.values()].map(({ rows }) => rows);
  }

  /** @returns the same intake, which is counted */
  of(intake: EventIntake, lane: MeasuredLane): EventIntake {
    const allOrNone = async (
      events: number,
      accepting: Promise<IntakeReport | undefined>,
    ): Promise<IntakeReport | undefined> => {
      const report = await this.timed(lane, events, accepting);
      // One that is refused keeps all others out.
      const refused = report?.acceptances.filter(isRefusal) ?? [];
      this.count(lane, refused.length > 0 ? refused : (report?.acceptances ?? []));
      return report;
    };
    return {
      accept: async (events, bounds) => {
        const report = await this.timed(lane, events.length, intake.accept(events, bounds));
        this.count(lane, report.acceptances);
        return report;
      },
      acceptAllOrNone: (events, most) =>
        allOrNone(events.length, intake.acceptAllOrNone(events, most)),
      acceptAllOrNoneInParts: (events, size) =>
        allOrNone(events.length, intake.acceptAllOrNoneInParts(events, size)),
    };
  }

  /** @returns the same intake of launches and commits, which is counted */
  ofScorm(intake: ScormIntake, lane: MeasuredLane): ScormIntake {
    return {
      open: async (launch, bounds) => {
        const report = await this.timed(lane, 1, intake.open(launch, bounds));
        this.count(lane, report.outcomes);
        return report;
      },
      take: async (commits, bounds) => {
        const report = await this.timed(lane, commits.length, intake.take(commits, bounds));
        this.count(lane, report.outcomes);
        return report;
      },
      originOf: (tokenHash) => intake.originOf(tokenHash),
    };
  }

  private async timed<T>(lane: MeasuredLane, rows: number, accepting: Promise<T>): Promise<T> {
    const startedAt = performance.now();
    const counts = this.lanes.get(lane)!;
    try {
      const report = await accepting;
      counts.seconds.observe((performance.now() - startedAt) / 1000);
      counts.rows.observe(rows);
      return report;
    } catch (error) {
      this.failures.add([lane]);
      throw error;
    }
  }

  private count(lane: MeasuredLane, outcomes: readonly Outcome[]): void {
    let accepted = 0;
    let duplicates = 0;
    let deliveries = 0;
    for (const outcome of outcomes) {
      switch (outcome.kind) {
        case 'accepted':
          if (outcome.duplicate) duplicates++;
          else {
            accepted++;
            deliveries += outcome.deliveries;
          }
          break;
        case 'taken':
          accepted++;
          deliveries += outcome.deliveries;
          break;
        case 'launched':
          if (outcome.duplicate) duplicates++;
          else accepted++;
          break;
        case 'deferred':
          break;
        default:
          this.refused.add([outcome.kind]);
      }
    }
    this.accepted.add([lane], accepted);
    this.duplicates.add([lane], duplicates);
    this.deliveries.add([], deliveries);
  }
}

type Outcome = Acceptance | Deferred | LaunchOutcome | CommitOutcome;

function isRefusal({ kind }: Outcome): boolean {
  return REFUSALS.some(([reason]) => reason === kind);
}
