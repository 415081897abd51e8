import { useLayoutEffect, useRef } from 'react';

/** Keeps the height of a box that would shrink while somebody reads it, as after a retry: nothing below it jumps. */
export function useGrowingOnly() {
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { style, offsetHeight } = element.current!;
    style.minHeight = `${offsetHeight}px`;
  });
  return element;
}
