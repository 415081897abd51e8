import type { CmiCommit } from '../cmi-commit.js';

/** Scores as the catalogue knows them; min ≤ raw ≤ max. */
export type Scores = Pick<CmiCommit, 'scoreScaled' | 'scoreRaw' | 'scoreMin' | 'scoreMax'>;

/** Where a learner stands in a SCO. */
export type Standing = Scores &
  Pick<CmiCommit, 'completionStatus' | 'successStatus' | 'progressMeasure' | 'location'>;

/** Of a SCO that no commit has told anything about. */
export const NO_STANDING: Standing = { completionStatus: 'unknown', successStatus: 'unknown' };

export function scoresOf({ scoreScaled, scoreRaw, scoreMin, scoreMax }: Standing): Scores {
  return { scoreScaled, scoreRaw, scoreMin, scoreMax };
}

export function hasScore({ scoreScaled, scoreRaw }: Standing): boolean {
  return scoreScaled !== undefined || scoreRaw !== undefined;
}
