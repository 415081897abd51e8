/** An expression has at most this many characters. */
export const MAX_EXPRESSION_CHARACTERS = 16_384;

/** The document that an expression sees has at most this many characters of JSON. */
export const MAX_INPUT_CHARACTERS = 1_048_576;

/** An evaluator that has not answered after this time, in milliseconds, is killed … */
export const DEADLINE_MS = 50;

/** … or, on a machine so busy that it got less than 50 ms of a processor, after this time. */
export const DEADLINE_WHEN_BUSY_MS = 500;

/** An evaluation is answered within this time, whoever else waits. */
export const MAX_WAIT_MS = 5_000;

/** One key has at most this many evaluations waiting, by default; the next is answered `unavailable` at once. */
export const MAX_WAITING_PER_KEY = 1_000;

/** For this long after its last overrun, a key's evaluations go apart from those of others. */
export const SUSPECT_MS = 60_000;

/** After an overrun all suspects rest: with the start of a new evaluator they get a tenth of a processor. */
export const SUSPECTS_REST_MS = 900;

/** An evaluator that has had nothing to do for this long ends. */
export const IDLE_MS = 30_000;

/** One message to an evaluator carries at most this many evaluations … */
export const MAX_BATCH = 32;

/** … and stops taking more at this many characters of input. */
export const BATCH_CHARACTERS = 262_144;
