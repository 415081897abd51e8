import { rowsOf } from './rows-in-place.ts';

/** An empty list has no rows that could move. */
const ASK_EMPTY_EVERY_MS = 10_000;

/** Query options of a list with `NewerRows` above it: the list must not move, so the query does not repeat itself. */
export const HELD_STILL = {
  staleTime: Infinity,
  // Long enough to come back to, and short enough that rows further down are not of long ago.
  gcTime: 60_000,
  refetchInterval: ({ state }: { state: { data?: unknown } }) =>
    isOneEmptyPage(state.data) ? ASK_EMPTY_EVERY_MS : false,
} as const;

/** Several empty pages are left alone: a user searched through them, and repeating that takes long. */
function isOneEmptyPage(data: unknown): boolean {
  const { pages } = (data ?? {}) as { pages?: unknown[] };
  return data !== undefined && (pages?.length ?? 1) === 1 && rowsOf(data).length === 0;
}
