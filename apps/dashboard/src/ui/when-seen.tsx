import { useEffect, useRef } from 'react';

const MARGIN = '400px';

/** Stands at the end of a list, and calls `onSeen` when the reader comes near. */
export function WhenSeen({ onSeen }: { onSeen: () => void }) {
  const mark = useRef<HTMLSpanElement>(null);
  const latest = useRef(onSeen);
  useEffect(() => {
    latest.current = onSeen;
  });
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && latest.current(),
      { rootMargin: MARGIN },
    );
    observer.observe(mark.current!);
    return () => observer.disconnect();
  }, []);
  return <span ref={mark} aria-hidden />;
}
