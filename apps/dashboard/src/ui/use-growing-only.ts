import { useLayoutEffect, useRef } from 'react';

/** A box that becomes shorter while it is read, as after a retry, keeps its height: nothing below it jumps. */
export function useGrowingOnly<Box extends HTMLElement = HTMLDivElement>() {
  const element = useRef<Box>(null);
  useLayoutEffect(() => {
    const { style, offsetHeight } = element.current!;
    style.minHeight = `${offsetHeight}px`;
  });
  return element;
}
