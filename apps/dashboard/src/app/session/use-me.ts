import { useSuspenseQuery } from '@tanstack/react-query';
import type { MeDocument } from '@schoolbell/api-client';
import { getMeOptions } from '@schoolbell/api-client/queries';

/** Whoever has signed in; the shell waits for it, so that pages have it. */
export function useMe(): MeDocument {
  return useSuspenseQuery({ ...getMeOptions(), staleTime: 60_000 }).data;
}

type Permission = MeDocument['permissions'][number];

/** Whether whoever has signed in may do this: what they may not is not offered. The API judges it anyway. */
export function useMay(permission: Permission): boolean {
  return useMe().permissions.includes(permission);
}
