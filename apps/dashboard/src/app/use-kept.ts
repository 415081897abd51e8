import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';

/**
 * A state that outlives its page for some minutes: whoever comes back finds what they left. As all that is in the cache,
 * it is gone when somebody else signs in or another tenant is chosen.
 *
 * @param of what it is a state of, such as an id
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
