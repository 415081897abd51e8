import type { EventRejectionDocument } from '@schoolbell/api-client';

/** What was posted, by the post's `operationId`. */
export const POSTED: Record<EventRejectionDocument['operation'], string> = {
  postEvent: 'An event',
  postEventBatch: 'A batch of events',
  openLaunch: 'A SCORM launch',
  commit: 'A SCORM commit',
  commitOfPage: 'A SCORM commit of a page',
};

/** The key that a post was sent with, as far as it is known. */
export function keyOf({ key }: Pick<EventRejectionDocument, 'key'>): string {
  if (key === null) return 'No API key';
  return key.name === null
    ? `An unknown key, sbk_${key.prefix}…`
    : `${key.name}, sbk_${key.prefix}…`;
}
