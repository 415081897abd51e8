/** For `useInfiniteQuery`: lists of the API go on at `nextCursor`. */
export const PAGES = {
  initialPageParam: {},
  getNextPageParam: ({ nextCursor }: { nextCursor: string | null }) =>
    nextCursor === null ? undefined : { query: { cursor: nextCursor } },
};
