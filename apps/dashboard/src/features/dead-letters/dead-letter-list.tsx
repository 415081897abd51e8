import { useInfiniteQuery } from '@tanstack/react-query';
import { listDeadLettersInfiniteOptions } from '@schoolbell/api-client/queries';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { DeadLetterTable } from './dead-letter-table.tsx';
import { SelectedActions } from './selected-actions.tsx';
import { queryOf, useFilters } from './use-filters.ts';

const PER_PAGE = 50;

/** The dead letters one by one, newest first, with boxes to choose some. */
export function DeadLetterList() {
  const [filters] = useFilters();
  const query = useInfiniteQuery({
    ...listDeadLettersInfiniteOptions({ query: { ...queryOf(filters), limit: PER_PAGE } }),
    initialPageParam: {},
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  const { data, error, hasNextPage, isFetchingNextPage } = query;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  if (error && !data) {
    return (
      <ProblemNote
        error={error}
        title="The dead letters could not be listed"
        onRetry={() => void query.refetch()}
      />
    );
  }
  if (!data) return <Skeleton className="h-96 rounded-lg" label="Loading the dead letters" />;
  const rows = data.pages.flatMap((page) => page.data);
  if (rows.length === 0) return null;
  // A delivery that is no longer a dead letter is no longer chosen.
  const still = rows.filter(({ id }) => chosen.has(id)).map(({ id }) => id);
  return (
    <div className="flex flex-col gap-2">
      <SelectedActions
        chosen={still}
        shown={rows.length}
        onChooseAll={(all) => setChosen(new Set(all ? rows.map(({ id }) => id) : []))}
      />
      <DeadLetterTable
        rows={rows}
        chosen={new Set(still)}
        onChoose={(id, isChosen) =>
          setChosen(new Set(isChosen ? [...still, id] : still.filter((one) => one !== id)))
        }
      />
      {hasNextPage && (
        <Button
          className="self-center"
          busy={isFetchingNextPage && 'Loading more …'}
          onClick={() => void query.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </div>
  );
}
