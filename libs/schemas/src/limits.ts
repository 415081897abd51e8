/** A schema has at most this many bytes of compact JSON. */
export const MAX_SCHEMA_BYTES = 65_536;

/** A schema nests objects and lists at most this deep. */
export const MAX_SCHEMA_DEPTH = 32;

/** Milliseconds of a processor that one check may take. */
export const CHECK_DEADLINE_MS = 100;

/** The same for compiling a schema: one of 56 KiB takes 250 ms. */
export const COMPILE_DEADLINE_MS = 1_000;

/** A check is refused as `unavailable` when this many characters of data wait already … */
export const MAX_WAITING_CHARACTERS = 33_554_432;

/** … or this many of its tenant: two batches of events. */
export const MAX_WAITING_CHARACTERS_OF_TENANT = 8_388_608;

/** Checks of one tenant that may wait. */
export const MAX_WAITING_CHECKS = 10_000;

/** A checker that has had nothing to do for this long ends: whoever comes next waits for a new one, some 0.2 s. */
export const CHECKER_IDLE_MS = 300_000;
