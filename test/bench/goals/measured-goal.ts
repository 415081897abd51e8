import type { Goal } from '../figures/goal.js';
import type { Run } from '../run.js';

/** A row of the table and how it is measured. */
export interface MeasuredGoal extends Goal {
  /** Resolves to `undefined` if this run leaves it out. */
  measure: (run: Run) => Promise<number | undefined>;
  /** Why a run may leave it out. */
  missing?: string;
}
