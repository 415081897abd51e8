import { useSyncExternalStore } from 'react';

/** Where a table has room for its columns; `lg` of the styles. */
const WIDE = window.matchMedia('(min-width: 64rem)');

/** Whether the window is wide: for what is another element on narrow ones, not only another look. */
export function useWide(): boolean {
  return useSyncExternalStore(subscribe, () => WIDE.matches);
}

function subscribe(listener: () => void): () => void {
  WIDE.addEventListener('change', listener);
  return () => WIDE.removeEventListener('change', listener);
}
