/**
 * It is remembered this long that an attempt at a package was completed, also after its state has gone: a player that
 * was offline may commit again what completed it. Days.
 */
export const COMPLETION_DAYS = 400;
