import { useLayoutEffect, useRef } from 'react';

/** Keeps the height of a box that would shrink while somebody reads it, as after a retry: nothing below it jumps. */
export function useGrowingOnly<Box extends HTMLElement = HTMLDivElement>() {
  const element = useRef<Box>(null);
  useLayoutEffect(() => {
    const { style, offsetHeight } = element.current!;
    style.minHeight = `${offsetHeight}px`;
  });
  return element;
}
