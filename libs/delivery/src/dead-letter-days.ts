/** Dead letters are kept this long after they died, whatever the retention of the rest. Days. */
export const DEAD_LETTER_DAYS = 14;
