/** Paging of the API's lists for `useInfiniteQuery`; the generated client takes an empty object for the first page. */
export const BY_CURSOR = {
  initialPageParam: {} as never,
  getNextPageParam: ({ nextCursor }: { nextCursor: string | null }): string | null => nextCursor,
};
