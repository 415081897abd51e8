import { useQuery } from '@tanstack/react-query';
import type { SearchHitDocument } from '@schoolbell/api-client';
import { searchOptions } from '@schoolbell/api-client/queries';
import { useEffect, useState } from 'react';
import { queryOf } from './query-of.ts';

/** Long enough for the next letter to come; short enough for a pasted id. */
const PAUSE_MS = 180;
/** Shorter texts are mostly unfinished. */
const LEAST = 2;

interface Hits {
  hits: readonly SearchHitDocument[];
  /** Nothing to look up was typed. */
  isIdle: boolean;
  /** The answer to the present text is on its way. */
  isLooking: boolean;
  error: unknown;
}

const NONE: readonly SearchHitDocument[] = [];

/** The hits of a text, shortly after its last change. */
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
