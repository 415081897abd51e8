import type { EventRejectionDocument } from '@schoolbell/api-client';

/** What was posted, by its `operationId`. */
export const POSTED: Record<EventRejectionDocument['operation'], string> = {
  postEvent: 'An event',
  postEventBatch: 'A batch of events',
  openLaunch: 'A SCORM launch',
  commit: 'A SCORM commit',
  commitOfPage: 'A SCORM commit of a page',
};

/** The key that a post came with, as far as it can be named. */
export function keyOf({ key }: Pick<EventRejectionDocument, 'key'>): string {
  if (key === null) return 'No API key';
  return key.name === null
    ? `An unknown key, sbk_${key.prefix}…`
    : `${key.name}, sbk_${key.prefix}…`;
}
