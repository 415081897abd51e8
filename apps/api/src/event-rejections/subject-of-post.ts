import { type EventSubject, subjectOf } from '@schoolbell/catalogue';

/** Ids of one rejection by which it is found. */
const MOST_IDS = 40;
/** Characters of a type that is shown; names of types have at most as many. */
const LONGEST_TYPE = 128;

/** What a refused body is about, as far as it can be told. */
interface SubjectOfPost {
  events: number;
  type: string | null;
  /** Of the first event that was at fault. */
  subject: EventSubject;
  /** Of all of its events, those at fault first. */
  ids: string[];
}

/**
 * Reads the ids out of events that were refused, whatever is wrong with them: a body is anything.
 *
 * @param events one event, or those of a batch, the ones at fault first; launches and commits are read as the `data`
 *   of one
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
