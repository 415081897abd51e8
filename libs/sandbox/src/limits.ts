/** A worker that has not answered after this time, in milliseconds, is killed … */
export const DEADLINE_MS = 50;

/** … or, on a machine so busy that it got less than its time of a processor, after this many times as long. */
export const BUSY_FACTOR = 10;

/** A request is answered within this time, whoever else waits. */
export const MAX_WAIT_MS = 5_000;

/** One key has at most this many requests waiting, by default; the next is `unavailable` at once. */
export const MAX_WAITING_PER_KEY = 1_000;

/** For this long after its last overrun, a key's requests go apart from those of others. */
export const SUSPECT_MS = 60_000;

/** After an overrun all suspects rest: with the start of a new worker they get a tenth of a processor. */
export const SUSPECTS_REST_MS = 900;

/** A worker that has had nothing to do for this long ends. */
export const IDLE_MS = 30_000;

/** One message to a worker carries at most this many requests … */
export const MAX_BATCH = 32;

/** … and stops taking more at this many characters of them. */
export const BATCH_CHARACTERS = 262_144;
