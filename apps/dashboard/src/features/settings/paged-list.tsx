import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

interface PagedListProps {
  list: {
    data?: unknown;
    error: unknown;
    refetch: () => unknown;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage: () => unknown;
  };
  /** What is loading: "Loading users". */
  loading: string;
  children: ReactNode;
}

/** A list that comes in pages: its place while it loads, what went wrong, and the way to more. */
export function PagedList({ list, loading, children }: PagedListProps) {
  if (list.data === undefined && list.error !== null) {
    return <ProblemNote error={list.error} onRetry={() => void list.refetch()} />;
  }
  if (list.data === undefined) return <Skeleton className="h-48 w-full" label={loading} />;
  return (
    <>
      {children}
      {list.hasNextPage && (
        <div>
          <Button
            onClick={() => void list.fetchNextPage()}
            busy={list.isFetchingNextPage && 'Loading …'}
          >
            Show more
          </Button>
        </div>
      )}
    </>
  );
}
