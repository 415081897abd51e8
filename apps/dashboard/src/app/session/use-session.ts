import { useSyncExternalStore } from 'react';
import { session } from '../api/session-of-page.ts';

/** `unknown` until the first renewal has been answered. */
export function useSessionState() {
  return useSyncExternalStore(session.subscribe, () => session.state);
}

/** Whose session it is; changes when somebody else signs in, also in another tab. */
export function useSessionHolder() {
  return useSyncExternalStore(session.subscribe, () => session.holder);
}
