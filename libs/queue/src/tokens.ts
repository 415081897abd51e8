/** The {@link Wakes} port. */
export const WAKES = Symbol('Wakes');

/** The {@link WakeListener} that a consuming process provides. */
export const WAKE_LISTENER = Symbol('WakeListener');

/** The {@link MailListener} that a process which sends mails provides. */
export const MAIL_LISTENER = Symbol('MailListener');

/** The {@link WakeSignals} of the process, if it has some. */
export const WAKE_SIGNALS = Symbol('WakeSignals');
