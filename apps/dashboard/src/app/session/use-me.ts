import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import type { MeDocument } from '@schoolbell/api-client';
import { getMeOptions } from '@schoolbell/api-client/queries';

/** Within it, a page that nobody touches finds out that its session was ended elsewhere, or that a role has changed. */
const LOOK_EVERY_MS = 10_000;

/** Whoever has signed in; the shell waits for it, so that pages have it. */
export function useMe(): MeDocument {
  return useSuspenseQuery({ ...getMeOptions(), staleTime: 60_000 }).data;
}

type Permission = MeDocument['permissions'][number];

/** Whether whoever has signed in may do this: what they may not is not offered. The API judges it anyway. */
export function useMay(permission: Permission): boolean {
  return useMe().permissions.includes(permission);
}

/** Looks again and again who has signed in, while the page is looked at. */
export function useWatchingMe(): void {
  useQuery({ ...getMeOptions(), refetchInterval: LOOK_EVERY_MS });
}
