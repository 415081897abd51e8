import type { KnownData } from '../../../contract/known-data.js';
import type { StatementResult } from './statement.js';

/** Of cmi5: whole percent. */
const PROGRESS = 'https://w3id.org/xapi/cmi5/result/extensions/progress';

/** 0.29 × 100 is 28.999999999999996: what is this near to a whole percent is that percent. */
const TOLERANCE = 1e-9;

/** How far the learner is; nothing of a completed course, which cmi5 wants left out. */
export function progressOf({ progressMeasure, completionStatus }: KnownData): StatementResult {
  if (progressMeasure === undefined || completionStatus === 'completed') return {};
  return { extensions: { [PROGRESS]: Math.floor(progressMeasure * 100 + TOLERANCE) } };
}
