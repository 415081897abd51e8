/**
 * An advisory lock: a retry by hand shares it, and dropping a period takes it alone. So what was delivered long
 * ago does not begin to wait again while we look at what a period still has to keep.
 */
export const RETRY_LOCK = 72_707_371;
