/** The channel of `LISTEN` and `NOTIFY`. */
export const CHANNEL = 'schoolbell_wakes';

/** An advisory lock, shared by all dispatchers that hear what is said on {@link CHANNEL}. Any number. */
export const LISTENS = 7_263_400_118;
