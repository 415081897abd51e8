import { EVENT_LIMITS, type IntakeLimits } from '../intake/intake-limits.js';

/** One commit, from a page or a server: the largest seen have 113 KB. */
export const COMMIT_BODY_LIMIT = 1024 * 1024;

/**
 * What waits is only what was read from a commit, sometimes a thousandth of it. A flush also writes the state of each
 * attempt, so it has fewer commits than a flush of events has events.
 */
export const COMMIT_LIMITS: IntakeLimits = {
  light: { ...EVENT_LIMITS.light, flushItems: 300 },
  heavy: { ...EVENT_LIMITS.heavy, flushItems: 50 },
};
