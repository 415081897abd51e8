/**
 * What an error of the store means for the deliveries that were to be claimed or recorded:
 *
 * - `row`: one of them is at fault, and repeating does not help.
 * - `too_much`: it took too long, or a lock could not be had: fewer at once may succeed.
 * - `outage`: nothing succeeds now; the same will succeed later.
 * - `bug`: the error does not come from the database.
 */
export type StoreFault = 'row' | 'too_much' | 'outage' | 'bug';
