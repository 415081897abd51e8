/**
 * What an error of the store means for the deliveries that were to be claimed or recorded:
 *
 * - `row`: one of them is at fault, and no repetition helps it.
 * - `too_much`: it took too long, or a lock was not to be had: fewer at once may succeed.
 * - `outage`: nothing succeeds now; the same succeeds later.
 * - `bug`: the error does not come from the database.
 */
export type StoreFault = 'row' | 'too_much' | 'outage' | 'bug';
