import { realNumber } from './real-number.js';
import type { Scores } from './standing.js';

/**
 * The scores of a commit. Without a raw or a scaled score there is none: a SCORM 1.2 player commits `score.max` as 100
 * before anything is scored. Bounds that contradict each other or the raw score are dropped, both.
 *
 * @param read gives `raw`, `min`, `max` and `scaled` as written
 */
export function readScores(read: (name: string) => unknown): Scores {
  const scoreScaled = realNumber(read('scaled'), -1, 1);
  const scoreRaw = realNumber(read('raw'));
  if (scoreScaled === undefined && scoreRaw === undefined) return {};
  return { scoreScaled, scoreRaw, ...readBounds(read, scoreRaw) };
}

function readBounds(read: (name: string) => unknown, raw: number | undefined): Scores {
  const scoreMin = realNumber(read('min'));
  const scoreMax = realNumber(read('max'));
  const ascending = [scoreMin, raw, scoreMax].filter((value) => value !== undefined);
  const inOrder = ascending.every((value, at) => at === 0 || ascending[at - 1]! <= value);
  return inOrder ? { scoreMin, scoreMax } : {};
}
