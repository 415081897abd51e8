import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';

/**
 * Like `useState`, but the state outlives its page for some minutes, for users who leave and return. It is kept in the
 * cache, which is emptied when somebody else signs in or chooses another tenant.
 *
 * @param of what the state belongs to, such as an id
 */
export function useKept<Value>(
  name: string,
  of: string,
  initial: Value,
): [Value, (next: Value) => void] {
  const client = useQueryClient();
  const { data } = useQuery<Value>({
    queryKey: ['kept', name, of],
    queryFn: skipToken,
    staleTime: Infinity,
    structuralSharing: false,
  });
  const keep = useCallback(
    (next: Value) => void client.setQueryData(['kept', name, of], next),
    [client, name, of],
  );
  return [data ?? initial, keep];
}
