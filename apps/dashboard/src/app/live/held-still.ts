import { rowsOf } from './rows-in-place.ts';

/** Where nothing is shown, nothing can move. */
const ASK_EMPTY_EVERY_MS = 10_000;

/** How a list is read that has `NewerRows` above it: read again by itself, it would move. */
export const HELD_STILL = {
  staleTime: Infinity,
  // Long enough to come back to, and short enough that rows further down are not of long ago.
  gcTime: 60_000,
  refetchInterval: ({ state }: { state: { data?: unknown } }) =>
    isOneEmptyPage(state.data) ? ASK_EMPTY_EVERY_MS : false,
} as const;

/** Several empty pages were looked through because somebody wanted it, and take long. */
function isOneEmptyPage(data: unknown): boolean {
  const { pages } = (data ?? {}) as { pages?: unknown[] };
  return data !== undefined && (pages?.length ?? 1) === 1 && rowsOf(data).length === 0;
}
