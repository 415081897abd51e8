import { COMPLETION_STATUSES, SUCCESS_STATUSES } from '@schoolbell/catalogue';
import { locationOf, timeOf, wordOf } from '../reading/cmi-values.js';
import { readScores } from '../reading/read-scores.js';
import { realNumber } from '../reading/real-number.js';
import { withoutAbsent } from '../without-absent.js';
import { NEW_ATTEMPT, type AttemptState } from './attempt-state.js';
import { launchedScoId } from './launched-sco-id.js';
import { NEW_SCO } from './sco-state-of.js';
import { provesCompletion } from './standing-changes.js';
import type { Standing } from './standing.js';

/** What a runtime knows of an attempt that began before Schoolbell saw it, in the words of the catalogue. */
export interface KnownState {
  completionStatus?: string;
  successStatus?: string;
  progressMeasure?: number;
  scoreScaled?: number;
  scoreRaw?: number;
  scoreMin?: number;
  scoreMax?: number;
  location?: string;
  /** ISO 8601, or `HHHH:MM:SS.SS` of SCORM 1.2. */
  totalTime?: string;
}

/**
 * The attempt as its runtime knows it: nothing of it is emitted again. Values that are none of their kind are dropped.
 *
 * @param launch what the launch names: the state is that of its SCO, else of the attempt as a whole
 */
export function knownAttempt(
  known: KnownState,
  launch: { scoId?: string; scos?: readonly string[] },
): AttemptState {
  const { scos = [] } = launch;
  const scoId = launchedScoId(launch);
  const standing = standingOf(known);
  const totalTime = timeOf(known.totalTime) ?? 0;
  const done = provesCompletion(standing);
  const isOfWhole = scoId === '' || scos.every((id) => id === scoId);
  return {
    ...NEW_ATTEMPT,
    scos: { [scoId]: { ...NEW_SCO, ...standing, totalTime, done } },
    completed: done && isOfWhole ? [scos.length > 0 ? '' : scoId] : [],
  };
}

function standingOf(known: KnownState): Standing {
  const { scoreScaled, scoreRaw, scoreMin, scoreMax } = known;
  const scores = { scaled: scoreScaled, raw: scoreRaw, min: scoreMin, max: scoreMax };
  return withoutAbsent({
    completionStatus: wordOf(known.completionStatus, COMPLETION_STATUSES) ?? 'unknown',
    successStatus: wordOf(known.successStatus, SUCCESS_STATUSES) ?? 'unknown',
    progressMeasure: realNumber(known.progressMeasure, 0, 1),
    ...readScores(scores),
    location: locationOf(known.location),
  });
}
