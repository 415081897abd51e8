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
  /** Read out while it loads: "Loading users". */
  loading: string;
  children: ReactNode;
}

/** A list in pages: a skeleton while it loads, the failure if there is one, and a button for more. */
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
