import { useEffect } from 'react';
import { isReachable } from '../app/api/is-reachable.ts';
import { Note } from './note.tsx';

const LOOK_EVERY_MS = 3_000;

/** Replaces a page whose file could not be loaded because nothing answers; loads it once something does. */
export function PageAwaited() {
  useEffect(() => {
    const look = async () => {
      // A browser may not ask again for a module that failed to load.
      if (await isReachable()) window.location.reload();
    };
    const timer = setInterval(() => void look(), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <Note tone="bad" role="alert" title="This page could not be loaded">
      <p>
        Schoolbell cannot be reached. Check that you are online: the page loads by itself once it
        can.
      </p>
    </Note>
  );
}
