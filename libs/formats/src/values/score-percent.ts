import type { KnownData } from '../contract/known-data.js';
import { percent } from './percent.js';

type Score = Pick<KnownData, 'scoreScaled' | 'scoreRaw' | 'scoreMin' | 'scoreMax'>;

/**
 * The score on a scale from 0 to 100: as it was reported scaled, else where raw lies between min and max.
 * SCORM allows scaled scores below 0; scales of 0 to 100 have no place for them but 0.
 *
 * @returns `undefined` without a score, and for a raw score whose maximum nobody knows
 */
export function scorePercent(score: Score): number | undefined {
  const share = score.scoreScaled ?? shareOfRange(score);
  return typeof share === 'number' ? percent(Math.max(0, share)) : undefined;
}

function shareOfRange({ scoreRaw: raw, scoreMin: min = 0, scoreMax: max }: Score) {
  if (raw === undefined || max === undefined || min >= max || raw < min || raw > max) {
    return undefined;
  }
  return (raw - min) / (max - min);
}
