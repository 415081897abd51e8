import { useInfiniteQuery } from '@tanstack/react-query';
import { listEventRejections } from '@schoolbell/api-client';
import { listEventRejectionsInfiniteOptions } from '@schoolbell/api-client/queries';
import { useEffect } from 'react';
import { HELD_STILL } from '../../app/live/held-still.ts';
import { BY_CURSOR } from '../../app/api/by-cursor.ts';

const PER_PAGE = 100;
/** How many posts to look through for the one whose panel should be open. */
const MOST_LOOKED_THROUGH = 1_000;

/** Posts that were refused in the last 24 hours, newest first; loads further pages until the open one is found. */
export function useRejections(q: string | undefined, open: string | undefined) {
  const asked = { q, limit: PER_PAGE };
  const { queryKey, ...options } = listEventRejectionsInfiniteOptions({ query: asked });
  const query = useInfiniteQuery({
    ...options,
    queryKey,
    ...BY_CURSOR,
    ...HELD_STILL,
  });
  const { data, hasNextPage, isFetching, fetchNextPage } = query;
  const rejections = data?.pages.flatMap((page) => page.data) ?? [];
  const opened = rejections.find(({ id }) => id === open);
  const isSought = open !== undefined && data !== undefined && !opened;
  const goesOn = isSought && hasNextPage && rejections.length < MOST_LOOKED_THROUGH;
  useEffect(() => {
    if (goesOn && !isFetching) void fetchNextPage();
  }, [goesOn, isFetching, fetchNextPage]);
  const newest = () => listEventRejections({ query: asked });
  return {
    query,
    queryKey,
    newest,
    rejections,
    opened,
    isMissing: isSought && !goesOn && !isFetching,
  };
}
