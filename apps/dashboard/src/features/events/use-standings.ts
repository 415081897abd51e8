import { useInfiniteQuery } from '@tanstack/react-query';
import { explainEventInfiniteOptions } from '@schoolbell/api-client/queries';
import { BY_CURSOR } from '../../app/api/by-cursor.ts';
import { ASK_EVERY_MS, isMoving } from './is-moving.ts';

const PER_PAGE = 50;

/** The state of an event at each webhook of the tenant; asked again while one of its deliveries is under way. */
export function useStandings(eventId: string) {
  return useInfiniteQuery({
    ...explainEventInfiniteOptions({ path: { id: eventId }, query: { limit: PER_PAGE } }),
    ...BY_CURSOR,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ data }) => data.some(({ delivery }) => isMoving(delivery)))
        ? ASK_EVERY_MS
        : false,
  });
}
