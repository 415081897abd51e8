/** For `useInfiniteQuery`: the API's lists continue at `nextCursor`. */
export const PAGES = {
  initialPageParam: {},
  getNextPageParam: ({ nextCursor }: { nextCursor: string | null }) =>
    nextCursor === null ? undefined : { query: { cursor: nextCursor } },
};
