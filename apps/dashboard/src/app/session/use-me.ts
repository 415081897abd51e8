import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import type { MeDocument } from '@schoolbell/api-client';
import { getMeOptions } from '@schoolbell/api-client/queries';
import { queryClient } from '../api/query-client.ts';

/** An idle page notices within this time that its session was ended elsewhere, or that a role has changed. */
const LOOK_EVERY_MS = 10_000;

const ME = { ...getMeOptions(), staleTime: 60_000 };

/** The signed-in user. The shell waits for it, so that pages always have it. */
export function useMe(): MeDocument {
  return useSuspenseQuery(ME).data;
}

/** Asks who is signed in. Whoever uses the answer says what was wrong with it. */
export const loadMe = (): Promise<void> => queryClient.prefetchQuery(ME);

type Permission = MeDocument['permissions'][number];

/** Whether the signed-in user may do this: actions that they may not do are not offered. The API judges them anyway. */
export function useMay(permission: Permission): boolean {
  return useMe().permissions.includes(permission);
}

/** Keeps asking who is signed in while the page is visible. */
export function useWatchingMe(): void {
  useQuery({ ...getMeOptions(), refetchInterval: LOOK_EVERY_MS });
}
