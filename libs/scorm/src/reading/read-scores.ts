import type { Scores } from '../attempt/standing.js';
import { realNumber } from './real-number.js';

/** `cmi.core.score` or `cmi.score` as written. */
export interface WrittenScores {
  scaled: unknown;
  raw: unknown;
  min: unknown;
  max: unknown;
}

/**
 * The scores of a commit. Without a raw or a scaled score there is none: a SCORM 1.2 player commits `score.max` as 100
 * before anything is scored. Bounds that contradict each other or the raw score are dropped, both.
 */
export function readScores({ scaled, raw, min, max }: WrittenScores): Scores {
  const scoreScaled = realNumber(scaled, -1, 1);
  const scoreRaw = realNumber(raw);
  if (scoreScaled === undefined && scoreRaw === undefined) return {};
  const scoreMin = realNumber(min);
  const scoreMax = realNumber(max);
  const scores = { scoreScaled, scoreRaw };
  return areAscending([scoreMin, scoreRaw, scoreMax]) ? { ...scores, scoreMin, scoreMax } : scores;
}

function areAscending(values: readonly (number | undefined)[]): boolean {
  const given = values.filter((value) => value !== undefined);
  return given.every((value, at) => at === 0 || given[at - 1]! <= value);
}
