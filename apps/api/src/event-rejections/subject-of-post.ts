import { type EventSubject, subjectOf } from '@schoolbell/catalogue';

/** How many ids of a rejection it can be found by. */
const MOST_IDS = 40;
/** Shown characters of a type; a valid name is no longer than this. */
const LONGEST_TYPE = 128;

/** What a refused body is about, as far as it can be read. */
interface SubjectOfPost {
  events: number;
  type: string | null;
  /** The subject of the first event at fault. */
  subject: EventSubject;
  /** The ids of all its events, those at fault first. */
  ids: string[];
}

/**
 * Reads the ids in refused events, whatever is wrong with them: a body may be anything.
 *
 * @param events one event, or those of a batch with the ones at fault first; a launch or a commit is read like the
 * `data` of an event
 */
export function subjectOfPost(events: readonly unknown[]): SubjectOfPost {
  const ids = new Set<string>();
  for (const event of events) {
    if (ids.size >= MOST_IDS) break;
    for (const id of Object.values(subjectOf(dataOf(event)))) ids.add(id);
  }
  const type = fieldsOf(events[0])['type'];
  return {
    events: events.length,
    type: typeof type === 'string' ? type.slice(0, LONGEST_TYPE) : null,
    subject: subjectOf(dataOf(events[0])),
    ids: [...ids].slice(0, MOST_IDS),
  };
}

function dataOf(event: unknown): Record<string, unknown> {
  return fieldsOf(fieldsOf(event)['data']);
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
