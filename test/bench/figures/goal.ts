import { median } from './statistics.js';

/** One row of the table of goals in docs/performance.md. */
export interface Goal {
  /** For `--only`. */
  id: string;
  what: string;
  /** What the figure is compared with, in the same run; the unit if it is not a ratio. */
  baseline: string;
  atLeast?: number;
  atMost?: number;
  unit?: string;
}

export interface GoalResult {
  goal: Goal;
  /** One figure per run; empty for a row that was left out. */
  values: number[];
  /** Why there are no figures. */
  missing?: string;
}

/** @returns undefined for a row that was left out */
export function isReached({ goal, values }: GoalResult): boolean | undefined {
  if (values.length === 0) return undefined;
  const value = median(values);
  const { atLeast = -Infinity, atMost = Infinity } = goal;
  return value >= atLeast && value <= atMost;
}

export function goalText({ atLeast, atMost, unit = '' }: Goal): string {
  return atLeast === undefined ? `≤ ${atMost}${unit}` : `≥ ${atLeast}${unit}`;
}
