import type {
  CommitOutcome,
  Deferred,
  IncomingCommit,
  ScormIntake,
  Wakes,
} from '@schoolbell/delivery';
import { FanOutWidths } from '../intake/fan-out-widths.js';
import { IntakeBuffer, type LaneName, type StoreItems } from '../intake/intake-buffer.js';
import type { IntakeLimits } from '../intake/intake-limits.js';
import { COMMIT_LIMITS } from './commit-limits.js';

/** A commit with its tenant, which a commit by token does not name itself. */
interface WaitingCommit {
  tenantId: string;
  commit: IncomingCommit;
}

type TakenOrNot = Exclude<CommitOutcome, Deferred>;

/** Commits of a tenant make events of several types, remembered as one. */
const TYPE = 'commit';

/** Stores commits, many of them together; those of a tenant in the order in which they came. */
export class CommitBuffer extends IntakeBuffer<WaitingCommit, TakenOrNot> {
  constructor(
    intakes: Record<LaneName, Pick<ScormIntake, 'take'>>,
    wakes: Wakes,
    limits: IntakeLimits = COMMIT_LIMITS,
  ) {
    const widths = new FanOutWidths();
    const kind = {
      plural: 'commits',
      inOrder: true,
      tenantOf: ({ tenantId }: WaitingCommit) => tenantId,
      sizeOf: ({ commit }: WaitingCommit) => commit.size,
      widthOf: ({ tenantId }: WaitingCommit) => widths.expected({ tenantId, type: TYPE }),
      store: { light: storeIn(intakes.light), heavy: storeIn(intakes.heavy) },
      note: ({ tenantId }: WaitingCommit, outcome: CommitOutcome) =>
        noteWidth(widths, tenantId, outcome),
    };
    super(kind, wakes, limits);
  }
}

function storeIn(intake: Pick<ScormIntake, 'take'>): StoreItems<WaitingCommit, TakenOrNot> {
  return (waiting, bounds) =>
    intake.take(
      waiting.map(({ commit }) => commit),
      bounds,
    );
}

/** Most commits make no event: they say nothing about the width of those that do. */
function noteWidth(widths: FanOutWidths, tenantId: string, outcome: CommitOutcome): void {
  if (outcome.kind !== 'taken' && outcome.kind !== 'deferred') return;
  const kind = { tenantId, type: TYPE };
  if (outcome.deliveries > 0 || widths.known(kind) === undefined) {
    widths.note(kind, outcome.deliveries);
  }
}
