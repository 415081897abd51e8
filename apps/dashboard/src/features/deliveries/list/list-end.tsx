import { useEffect, useEffectEvent, useRef } from 'react';
import { Button } from '../../../ui/button.tsx';
import { count } from '../../../ui/numbers.ts';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import type { Deliveries } from '../use-deliveries.ts';

/** Each page looks at 20,000 deliveries; after this many empty pages, the user decides whether to look further. */
const MOST_EMPTY_PAGES = 10;

/** Below the rows: more is being read, there is nothing more, or why reading failed. */
export function ListEnd({ list, rows }: Pick<Deliveries, 'list' | 'rows'>) {
  const { data, hasNextPage, isFetchingNextPage, isFetchNextPageError, error, fetchNextPage } =
    list;
  const empty = emptyPages(data?.pages.map((page) => page.data.length) ?? []);
  const goesOn =
    hasNextPage && !isFetchNextPageError && empty % MOST_EMPTY_PAGES !== MOST_EMPTY_PAGES - 1;
  const end = useNearView(goesOn && !isFetchingNextPage, () => void fetchNextPage());
  return (
    <div
      ref={end}
      className="flex min-h-11 items-center justify-center px-4 py-2 text-sm text-muted"
    >
      {isFetchNextPageError ? (
        <ProblemNote
          error={error}
          title="Older deliveries could not be loaded"
          onRetry={() => void fetchNextPage()}
        />
      ) : isFetchingNextPage || goesOn ? (
        <p role="status">
          {empty > 0 ? 'Searching older deliveries …' : 'Loading older deliveries …'}
        </p>
      ) : hasNextPage ? (
        <p className="flex flex-wrap items-center gap-3">
          No more matches among the deliveries searched so far.
          <Button size="small" onClick={() => void fetchNextPage()}>
            Search older ones
          </Button>
        </p>
      ) : (
        rows.length > 0 && (
          <p>
            {rows.length === 1 ? 'One delivery' : `${count(rows.length)} deliveries`}, and none
            older
          </p>
        )
      )}
    </div>
  );
}

/** How many of the last pages were empty. */
function emptyPages(lengths: readonly number[]): number {
  return lengths.length - 1 - lengths.findLastIndex((length) => length > 0);
}

/** Calls `act` while the element is within two screens of the window. */
function useNearView(isWanted: boolean, act: () => void) {
  const element = useRef<HTMLDivElement>(null);
  const isNear = useEffectEvent(act);
  useEffect(() => {
    if (!isWanted) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && isNear(),
      {
        rootMargin: '200% 0px',
      },
    );
    observer.observe(element.current!);
    return () => observer.disconnect();
  }, [isWanted]);
  return element;
}
