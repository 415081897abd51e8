/** The {@link Wakes} port. */
export const WAKES = Symbol('Wakes');

/** The {@link WakeListener} that a consuming process provides. */
export const WAKE_LISTENER = Symbol('WakeListener');
