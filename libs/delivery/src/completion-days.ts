/**
 * A completed attempt at a package is remembered for this long, even after its state was removed: a player that was
 * offline may commit again what completed it. Days.
 */
export const COMPLETION_DAYS = 400;
