import { useSyncExternalStore } from 'react';

/** Wide enough for the columns of a table; the same as `lg` in the styles. */
const WIDE = window.matchMedia('(min-width: 64rem)');

/** Whether the window is wide: for content that differs on narrow windows, not only in its look. */
export function useWide(): boolean {
  return useSyncExternalStore(subscribe, () => WIDE.matches);
}

function subscribe(listener: () => void): () => void {
  WIDE.addEventListener('change', listener);
  return () => WIDE.removeEventListener('change', listener);
}
