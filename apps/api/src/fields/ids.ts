import { Text, type TextDocs } from './text.js';

/** A Schoolbell id, a TypeID. An id that cannot exist is accepted, and matches nothing. */
export function OwnId(docs: TextDocs): PropertyDecorator {
  return Text({ minLength: 1, maxLength: 64, ...docs });
}

/** A runtime's id, such as a session's. It is never parsed. */
export function RuntimeId(docs: TextDocs): PropertyDecorator {
  return Text({ minLength: 1, maxLength: 255, ...docs });
}
