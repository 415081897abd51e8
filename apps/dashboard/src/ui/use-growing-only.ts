import { useLayoutEffect, useRef } from 'react';

/** A box that becomes shorter while it is read, as after a retry, keeps its height: nothing below it jumps. */
export function useGrowingOnly() {
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { style, offsetHeight } = element.current!;
    style.minHeight = `${offsetHeight}px`;
  });
  return element;
}
