import type { EventToSend } from '../../contract/event-to-send.js';
import { subjectOf } from './subject-of.js';

const NOT_IN_URIS = /[^\x21-\x7e]+/gu;

/** Context attributes of CloudEvents 1.0 by name, in the order in which they are sent. */
type Attributes = readonly (readonly [name: string, value: string])[];

/**
 * What CloudEvents says of every event, however it is sent.
 *
 * @param iri of the tenant, who is the source
 */
export function attributesOf(event: EventToSend, iri: string): Attributes {
  const subject = subjectOf(event.data);
  return [
    ['specversion', '1.0'],
    ['id', event.id],
    ['source', uriOf(iri)],
    ['type', event.type],
    ['time', event.occurredAt.toISOString()],
    ...(subject === undefined ? [] : [['subject', subject] as const]),
  ];
}

/** RFC 3987, section 3.1: `source` is a URI, which has no letters beyond ASCII. */
function uriOf(iri: string): string {
  return iri.toWellFormed().replaceAll(NOT_IN_URIS, encodeURIComponent);
}
