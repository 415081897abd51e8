import { useQuery } from '@tanstack/react-query';
import type { SearchHitDocument } from '@schoolbell/api-client';
import { searchOptions } from '@schoolbell/api-client/queries';
import { useEffect, useState } from 'react';
import { queryOf } from './query-of.ts';

/** Whoever types an id goes on typing; whoever pastes one waits for no more than this. */
const PAUSE_MS = 180;
/** Shorter texts are mostly not done yet. */
const LEAST = 2;

interface Hits {
  hits: readonly SearchHitDocument[];
  /** Nothing that can be looked up was typed. */
  isIdle: boolean;
  /** An answer to what stands in the box now is on its way. */
  isLooking: boolean;
  error: unknown;
}

const NONE: readonly SearchHitDocument[] = [];

/** What is found by a text, a short pause after it was last changed. */
export function useHits(text: string): Hits {
  const q = queryOf(text);
  const settled = useSettled(q);
  const isIdle = q.length < LEAST;
  const { data, error, isFetching } = useQuery({
    ...searchOptions({ query: { q: settled } }),
    enabled: settled.length >= LEAST && settled === q,
  });
  const isLooking = !isIdle && (settled !== q || (isFetching && !data));
  return { hits: isIdle || settled !== q ? NONE : (data?.data ?? NONE), isIdle, isLooking, error };
}

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
