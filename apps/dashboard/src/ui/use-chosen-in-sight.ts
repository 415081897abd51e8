import { type RefObject, useEffect, useRef } from 'react';

/**
 * Scrolls the selected one of several choices into view where their row is wider than the window. The page itself does
 * not move.
 */
export function useChosenInSight<List extends HTMLElement>(chosen: string): RefObject<List | null> {
  const list = useRef<List>(null);
  useEffect(() => {
    const item = list.current?.querySelector('[aria-pressed="true"], [aria-current="page"]');
    if (!list.current || !item) return;
    const frame = list.current.getBoundingClientRect();
    const box = item.getBoundingClientRect();
    if (box.left >= frame.left && box.right <= frame.right) return;
    list.current.scrollLeft += box.left - frame.left - (frame.width - box.width) / 2;
  }, [chosen]);
  return list;
}
