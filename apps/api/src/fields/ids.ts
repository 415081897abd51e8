import { Text, type TextDocs } from './text.js';

/** An id of ours, a TypeID. One that cannot exist is not refused: nothing has it. */
export function OwnId(docs: TextDocs): PropertyDecorator {
  return Text({ minLength: 1, maxLength: 64, ...docs });
}

/** An id of the runtime's own making, such as a session's; never parsed. */
export function RuntimeId(docs: TextDocs): PropertyDecorator {
  return Text({ minLength: 1, maxLength: 255, ...docs });
}
