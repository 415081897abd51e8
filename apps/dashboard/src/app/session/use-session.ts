import { useSyncExternalStore } from 'react';
import { session } from '../api/session-of-page.ts';

/** `unknown` until the first renewal has been answered. */
export function useSessionState() {
  return useSyncExternalStore(session.subscribe, () => session.state);
}

/** Whose the session is: somebody else's after they have signed in, also in another tab. */
export function useSessionHolder() {
  return useSyncExternalStore(session.subscribe, () => session.holder);
}
