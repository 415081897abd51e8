import { FORMAT_GOALS } from './formats.js';
import { LOW_LOAD } from './low-load.js';
import type { MeasuredGoal } from './measured-goal.js';
import { SCALING } from './scaling.js';
import { SEARCHES } from './searches.js';
import { STEADINESS } from './steadiness.js';
import { THROUGHPUT } from './throughput.js';

export type { MeasuredGoal } from './measured-goal.js';

/** The table of goals, in its order. */
export const GOALS: readonly MeasuredGoal[] = [
  ...THROUGHPUT,
  ...STEADINESS,
  ...LOW_LOAD,
  ...SCALING,
  ...SEARCHES,
  ...FORMAT_GOALS,
];
