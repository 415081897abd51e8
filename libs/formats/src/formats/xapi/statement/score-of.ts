import type { KnownData } from '../../../contract/known-data.js';
import type { Score } from './statement.js';

/**
 * The score as an LRS takes it: `scaled` as reported, else computed, with a minimum of 0 where none is known; raw,
 * min and max only together, and only in their order, for an LRS refuses the statement otherwise.
 */
export function scoreOf(data: KnownData): Score | undefined {
  const bounds = isInBounds(data) ? boundsOf(data) : {};
  const scaled = data.scoreScaled ?? scaledOf(bounds);
  if (scaled === undefined && bounds.raw === undefined) return undefined;
  return { ...(scaled !== undefined && { scaled }), ...bounds };
}

function isInBounds({ scoreRaw, scoreMin = -Infinity, scoreMax = Infinity }: KnownData): boolean {
  if (scoreMin >= scoreMax) return false;
  return scoreRaw === undefined || (scoreMin <= scoreRaw && scoreRaw <= scoreMax);
}

function boundsOf({ scoreRaw, scoreMin, scoreMax }: KnownData): Omit<Score, 'scaled'> {
  return {
    ...(scoreRaw !== undefined && { raw: scoreRaw }),
    ...(scoreMin !== undefined && { min: scoreMin }),
    ...(scoreMax !== undefined && { max: scoreMax }),
  };
}

/** Below an assumed minimum a score can be less than −1 on the scale: then nothing is said of it. */
function scaledOf({ raw, min = 0, max }: Score): number | undefined {
  if (raw === undefined || max === undefined || max <= min) return undefined;
  const scaled = (raw - min) / (max - min);
  return scaled >= -1 ? scaled : undefined;
}
