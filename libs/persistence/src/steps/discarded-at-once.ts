/** Most that one statement discards, some 0.2 s of Postgres. */
export const DISCARDED_AT_ONCE = 5_000;
