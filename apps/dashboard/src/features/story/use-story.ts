import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type DeliveryDocument, listEvents } from '@schoolbell/api-client';
import {
  listEventRejectionsOptions,
  listEventsInfiniteOptions,
} from '@schoolbell/api-client/queries';
import { BY_CURSOR } from '../../app/api/by-cursor.ts';
import { ASK_EVERY_MS, isMoving } from '../events/is-moving.ts';
import { SUBJECT_NAMES, type SubjectName } from '../events/subjects.ts';

const PER_PAGE = 100;
/** Further pages are read again only on demand, since each costs a call. */
const MOST_PAGES_ASKED_AGAIN = 2;

export type StorySubject = Partial<Record<SubjectName | 'from' | 'to', string>>;

/** The subject in the story's address, without the delivery that is open beside it. */
export function subjectOf(search: StorySubject & { open?: string }): StorySubject {
  return Object.fromEntries(Object.entries(search).filter(([name]) => name !== 'open'));
}

/** The narrowest of the ids by which a subject is named. */
export const aboutWhich = (subject: StorySubject): SubjectName | undefined =>
  (['sessionId', 'learnerId', 'dispatchId', 'packageId'] as const).find(
    (name) => subject[name] !== undefined,
  );

/** Whether the delivery's event names the subject. @param row must have `event` */
export function isAbout(
  subject: StorySubject,
  { event }: Pick<DeliveryDocument, 'event'>,
): boolean {
  return SUBJECT_NAMES.every(
    (name) => subject[name] === undefined || event?.[name] === subject[name],
  );
}

/** The events that name a learner, session, package or dispatch, and the refused posts about it. */
export function useStory(subject: StorySubject) {
  const which = aboutWhich(subject);
  const id = which && subject[which];
  const asked = { ...subject, limit: PER_PAGE };
  const { queryKey, ...options } = listEventsInfiniteOptions({ query: asked });
  const events = useInfiniteQuery({
    ...options,
    queryKey,
    ...BY_CURSOR,
    enabled: id !== undefined,
    refetchInterval: ({ state }) => {
      const pages = state.data?.pages ?? [];
      const shown = pages.flatMap(({ data }) => data.flatMap(({ deliveries }) => deliveries));
      const moves = pages.length <= MOST_PAGES_ASKED_AGAIN && shown.some((one) => isMoving(one));
      return moves ? ASK_EVERY_MS : false;
    },
  });
  const rejections = useQuery({
    ...listEventRejectionsOptions({ query: { q: id, limit: PER_PAGE } }),
    enabled: id !== undefined,
  });
  const newest = () => listEvents({ query: asked });
  return { id, events, queryKey, newest, rejections };
}
